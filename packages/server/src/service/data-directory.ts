import { constants } from 'node:fs'
import { access, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateFolder } from '@clipflight/private-files'
import { CannotStart } from './cannot-start.ts'

/** Git leaves out the directory then, this file too. */
const GIT_IGNORE = '*\n'

/**
 * The directory is there and can be written to. One that exists keeps its mode; one that is made is its owner's only, and
 * ignored by git: it often lies in a project, and holds keys.
 */
export async function makeDataDirectory(path: string): Promise<void> {
  if (!(await makeFolder(path))) return
  await writeFile(join(path, '.gitignore'), GIT_IGNORE)
}

/** The folder is there and can be written to. Returns whether it was made. */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    const isMade = await makePrivateFolder(path)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return isMade
  } catch (error) {
    throw new CannotStart(
      `The data directory ${path} cannot be written to (${codeOf(error)}): choose another with --data-dir`,
      { cause: error },
    )
  }
}

/** Such as `EACCES`. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : String(error)
}
