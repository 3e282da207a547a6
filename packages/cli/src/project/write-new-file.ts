import { writeFileSync } from 'node:fs'
import { codeOf, failed } from '../command-error.ts'

/** Writes a file that is not there yet, or with `force` one that is. */
export function writeNewFile(path: string, text: string, force = false): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx' })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw failed(`${path} is there already`, 'Overwrite it with --force.')
    throw failed(`${path} cannot be written (${codeOf(error)})`)
  }
}
