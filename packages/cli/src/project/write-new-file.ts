import { existsSync, writeFileSync } from 'node:fs'
import { codeOf, failed, type CommandError } from '../command-error.ts'

/** Throws what `writeNewFile` would throw of a file that is there, before anybody is asked for what to write into it. */
export function refuseExisting(path: string, force = false): void {
  if (!force && existsSync(path)) throw isThere(path)
}

/** Writes a file that is not there yet, or with `force` one that is. */
export function writeNewFile(path: string, text: string, force = false): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw isThere(path)
    throw failed(`${path} cannot be written (${codeOf(error)})`)
  }
}

function isThere(path: string): CommandError {
  return failed(`${path} is there already`, 'Overwrite it with --force.')
}
