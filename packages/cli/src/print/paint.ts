/** Colours text for a terminal, or leaves it as it is. */
export interface Paint {
  add(text: string): string
  change(text: string): string
  remove(text: string): string
  strong(text: string): string
  faint(text: string): string
}

/** Colours of the terminal's own palette, which its user chose to be readable. */
export function createPaint(color: boolean): Paint {
  const paint = (begin: number, end: number) => (text: string) =>
    color ? `\u001b[${begin}m${text}\u001b[${end}m` : text
  return { add: paint(32, 39), change: paint(33, 39), remove: paint(31, 39), strong: paint(1, 22), faint: paint(2, 22) }
}
