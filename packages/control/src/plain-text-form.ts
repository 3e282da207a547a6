/** Text without control characters and halves of surrogate pairs, as source of a pattern with the flag `u`. */
export const PLAIN_TEXT = String.raw`^[^\p{Cc}\p{Cs}]*$`

/** Of a team or a key. */
export const LONGEST_NAME = 200
