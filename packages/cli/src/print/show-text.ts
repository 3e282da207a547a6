/** Characters that a terminal obeys, or that make a line read otherwise than it is: controls, breaks, directions. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu

/** Text of a stranger as one line that shows what is in it. */
export function showText(text: string): string {
  return text.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0) ?? 0
    return character === '\n' ? '\\n' : `\\u${code.toString(16).padStart(4, '0')}`
  })
}
