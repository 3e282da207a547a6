import { LOCALES } from '@clipflight/contract'
import type { Build } from '../builds/queries.ts'
import type { Invocation } from './queries.ts'
import { createKeyedStore } from './keyed-store.ts'

/** The locales that a build is described in: testers are offered titles in these. */
export function localesOf({ localizations }: Build): string[] {
  return localizations.map(({ locale }) => locale)
}

/** By bundle: locales that somebody wants to write titles in, separated by blanks. */
export const addedLocales = createKeyedStore<string>()

/** The locales of a build, then those that there are titles in, then others that somebody writes in; each in the contract's order. */
export function shownLocales(build: Build, invocations: readonly Invocation[], others: readonly string[]): string[] {
  const groups = [
    localesOf(build),
    invocations.flatMap(({ localizations }) => localizations.map(({ locale }) => locale)),
    others,
  ]
  const inOrder = (locales: readonly string[]): string[] =>
    [...locales].sort((one, other) => LOCALES.indexOf(one) - LOCALES.indexOf(other))
  const shown = [...new Set(groups.flatMap(inOrder))]
  // A new build is not described at all; its titles begin with the language of the app.
  return shown.length === 0 ? [build.app.primaryLocale] : shown
}

/** The title of an invocation in a locale, where it has one. */
export function titleIn({ localizations }: Invocation, locale: string): string | undefined {
  return localizations.find((each) => each.locale === locale)?.title
}
