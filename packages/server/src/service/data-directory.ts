import { constants } from 'node:fs'
import { access, mkdir } from 'node:fs/promises'
import { CannotStart } from './cannot-start.ts'

/** Keys are in it, so nobody else may look. */
const OWNER_ONLY = 0o700

/** The directory is there and can be written to. One that exists keeps its mode. */
export async function makeDataDirectory(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true, mode: OWNER_ONLY })
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
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
