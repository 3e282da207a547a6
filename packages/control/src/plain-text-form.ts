/** Not only spaces, and without control characters and halves of surrogate pairs: source of a pattern with the flag `u`. */
export const PLAIN_TEXT = String.raw`^(?!\s*$)[^\p{Cc}\p{Cs}]*$`

/** Of a team or a key. */
export const LONGEST_NAME = 200
