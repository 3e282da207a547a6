import type { Language } from './messages.ts'

/** Says how many: `#` stands for the number in the form that the language has for so many, `one` or any other. */
export type Plural = (count: number, one: string, other: string) => string

/** Both languages of the page have two forms; `Intl` knows which numbers take which. */
export function pluralIn(language: Language): Plural {
  const rules = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)
  return (count, one, other) => (rules.select(count) === 'one' ? one : other).replace('#', numbers.format(count))
}
