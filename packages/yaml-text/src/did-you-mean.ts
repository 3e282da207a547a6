/** ` Did you mean 'builds'?` for a word that is close to a known one, otherwise nothing. */
export function didYouMean(word: string, known: readonly string[]): string {
  const allowed = Math.max(1, Math.floor(word.length / 3))
  let best: { readonly name: string; readonly distance: number } | undefined
  for (const name of known) {
    // The difference in length is a distance already, and long words take long to compare.
    if (Math.abs(name.length - word.length) > allowed) continue
    const distance = distanceBetween(word.toLowerCase(), name.toLowerCase())
    if (distance <= allowed && (best === undefined || distance < best.distance)) best = { name, distance }
  }
  return best === undefined ? '' : ` Did you mean '${best.name}'?`
}

/** How many letters to add, drop, change or swap with the next (Levenshtein's distance with Damerau's swaps). */
function distanceBetween(one: string, other: string): number {
  const letters = [...one]
  const against = [...other]
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: against.length + 1 }, (_, index) => index)
  for (const [row, letter] of letters.entries()) {
    const next = [row + 1]
    for (const [column, target] of against.entries()) {
      const change = (last[column] ?? 0) + (letter === target ? 0 : 1)
      const isSwap = column > 0 && letter === against[column - 1] && letters[row - 1] === target
      const swap = isSwap ? (beforeLast[column - 1] ?? 0) + 1 : change
      next.push(Math.min(change, swap, (last[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    beforeLast = last
    last = next
  }
  return last.at(-1) ?? 0
}
