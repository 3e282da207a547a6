import { Type } from 'typebox'
import { PLAIN_TEXT } from './plain-text-form.ts'

/** Text that every database keeps as it is, and that a seed file has a form for. */
export function plainText(maxLength: number, about?: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    pattern: PLAIN_TEXT,
    description: `text without control characters that is not only spaces${about === undefined ? '.' : `: ${about}`}`,
  })
}
