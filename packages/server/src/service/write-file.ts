import * as files from '@clipflight/private-files'
import { CannotStart } from './cannot-start.ts'
import { codeOf } from './data-directory.ts'

/** As it is written for whoever starts a service, who is told what the service cannot do without. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  try {
    await files.writePrivateFile(path, text)
  } catch (error) {
    throw new CannotStart(`The file ${path} cannot be written (${codeOf(error)})`, { cause: error })
  }
}
