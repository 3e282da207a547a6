import { LOCALES } from '@clipflight/contract'
import type { Build } from '../builds/queries.ts'
import { useLanguage } from '../language/language.tsx'
import type { Invocation } from './queries.ts'
import { createKeyedStore } from './keyed-store.ts'

/** The locales that a build is described in: testers are offered titles in these. */
export function localesOf({ localizations }: Build): string[] {
  return localizations.map(({ locale }) => locale)
}

/** By bundle: locales that somebody wants to write titles in, separated by blanks. */
export const addedLocales = createKeyedStore<string>()

/** The locales of a build, then those that there are titles in, then those that were added here; each in the contract's order. */
export function shownLocales(build: Build, invocations: readonly Invocation[], added: string): string[] {
  const groups = [
    localesOf(build),
    invocations.flatMap(({ localizations }) => localizations.map(({ locale }) => locale)),
    added.split(' ').filter(Boolean),
  ]
  const inOrder = (locales: readonly string[]): string[] =>
    [...locales].sort((one, other) => LOCALES.indexOf(one) - LOCALES.indexOf(other))
  return [...new Set(groups.flatMap(inOrder))]
}

const names = new Map<string, Intl.DisplayNames>()

/** What a locale is called in the language of the page, such as `German (Germany)`. */
export function useLocaleName(): (locale: string) => string {
  const { language } = useLanguage()
  return (locale) => {
    const known = names.get(language) ?? new Intl.DisplayNames(language, { type: 'language' })
    names.set(language, known)
    return known.of(locale) ?? locale
  }
}

/** The title of an invocation in a locale, where it has one. */
export function titleIn({ localizations }: Invocation, locale: string): string | undefined {
  return localizations.find((each) => each.locale === locale)?.title
}
