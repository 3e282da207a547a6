/** Integers with dots between them, as Xcode has build numbers. Longer ones than a double holds are seen (timestamps). */
const FORM = /^\d+(?:\.\d+)*$/

/** One above the highest of these: in its last part, if it has several. Those of another form do not count. */
export function nextBuildNumber(numbers: readonly string[]): string {
  const known = numbers.filter((number) => FORM.test(number)).map((number) => number.split('.').map(BigInt))
  const [last = 0n, ...before] = (known.toSorted(compare).at(-1) ?? []).toReversed()
  return [last + 1n, ...before].toReversed().join('.')
}

/** Part by part; one that is not there counts as nothing. */
function compare(one: readonly bigint[], other: readonly bigint[]): number {
  for (let index = 0; index < Math.max(one.length, other.length); index += 1) {
    const [part = 0n, counterpart = 0n] = [one[index], other[index]]
    if (part !== counterpart) return part < counterpart ? -1 : 1
  }
  return 0
}
