import { Type } from 'typebox'

/** Text that every database keeps as it is, and that a seed file has a form for. */
export function plainText(maxLength: number, about?: string) {
  return Type.String({
    minLength: 1,
    maxLength,
    // Control characters and halves of surrogate pairs.
    pattern: String.raw`^[^\p{Cc}\p{Cs}]*$`,
    description: `text without control characters${about === undefined ? '.' : `: ${about}`}`,
  })
}
