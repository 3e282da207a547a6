/** More would bury what is said before them. */
const MOST_NAMES = 10

/** What there is, for whoever named what there is not. */
export function sayPresent(names: readonly string[]): string {
  if (names.length === 0) return 'There is none.'
  const more = names.length - MOST_NAMES
  return `There ${names.length === 1 ? 'is' : 'are'}: ${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? `, and ${more} more` : ''}.`
}
