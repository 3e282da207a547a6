import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

const OWNER_ONLY = 0o700

/**
 * The folder is there, with those around it; one that is made is its owner's only. Returns whether it was made. Step by
 * step: Node's own `recursive` never ends where a file system says of a folder that it was asked to make that it is not
 * there, as `/proc` does.
 */
export async function makePrivateFolder(path: string): Promise<boolean> {
  try {
    return await makeOne(path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT') || dirname(path) === path) throw error
  }
  await makePrivateFolder(dirname(path))
  return makeOne(path)
}

/** False where the folder was there. */
async function makeOne(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: OWNER_ONLY })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await stat(path)).isDirectory()) return false
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
