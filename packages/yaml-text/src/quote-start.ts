const LONGEST_QUOTE = 40

/** In quotes, and cut where it is long: a file may be one of another kind, such as one of secrets. */
export function quoteStart(text: string): string {
  return isShort(text) ? `'${text}'` : `'${text.slice(0, LONGEST_QUOTE)}…'`
}

export function isShort(text: string): boolean {
  return text.length <= LONGEST_QUOTE
}
