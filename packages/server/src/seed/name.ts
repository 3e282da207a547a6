import { LONGEST_NAME, PLAIN_TEXT } from '@clipflight/control/plain-text-form'

/** As the control API has the names of teams and keys. */
const NAME = new RegExp(PLAIN_TEXT, 'u')

export const NAME_EXPECTED = `text without control characters, of ${LONGEST_NAME} at most`

export function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && NAME.test(text)
}
