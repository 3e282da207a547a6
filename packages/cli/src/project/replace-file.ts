import { lstatSync } from 'node:fs'
import { writePrivateFile } from '@clipflight/private-files'
import { codeOf, failed } from '../command-error.ts'

/** A file with this text, for its owner only, in the place of the one before. What is no file itself is refused. */
export async function replaceFile(path: string, text: string): Promise<void> {
  try {
    // A link may lead to what somebody else wants written to; and nothing takes the place of /dev/stdout.
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false)
      throw failed(`${path} is there, and is a link or something else that is no file`, 'Name another file.')
    await writePrivateFile(path, text)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error
    throw failed(`${path} cannot be written (${codeOf(error)})`)
  }
}
