import { constants } from 'node:fs'
import { access, mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { CannotStart } from './cannot-start.ts'

/** Keys are in it, so nobody else may look. */
const OWNER_ONLY = 0o700

/** Git leaves out the directory then, this file too. */
const GIT_IGNORE = '*\n'

/**
 * The directory is there and can be written to. One that exists keeps its mode; one that is made is ignored by git:
 * it often lies in a project, and holds keys.
 */
export async function makeDataDirectory(path: string): Promise<void> {
  if (!(await makeFolder(path))) return
  await writeFile(join(path, '.gitignore'), GIT_IGNORE)
}

/** The folder is there and can be written to. Returns whether it was made. */
export async function makeFolder(path: string): Promise<boolean> {
  try {
    const isMade = await makeFolders(path)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
    return isMade
  } catch (error) {
    throw new CannotStart(
      `The data directory ${path} cannot be written to (${codeOf(error)}): choose another with --data-dir`,
      { cause: error },
    )
  }
}

/**
 * Step by step: Node's own `recursive` never ends where a file system says of a folder that it was asked to make that it is
 * not there, as `/proc` does.
 */
async function makeFolders(path: string): Promise<boolean> {
  try {
    return await makeOne(path)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error
  }
  await makeFolders(dirname(path))
  return makeOne(path)
}

/** False where the folder was there. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: OWNER_ONLY })
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(path)).isDirectory()) return false
    throw error
  }
}

/** Such as `EACCES`. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : String(error)
}
