import { LOCALES } from '@clipflight/contract'
import { suggestLocale } from '@clipflight/plan/file'
import { wrongUsage } from '../command-error.ts'

/** Titles by their locales. */
export type Titles = Readonly<Record<string, string>>

/** Reads one `--title en-US=Order` into those before it. */
export function collectTitle(text: string, before: Titles = {}): Titles {
  const at = text.indexOf('=')
  const locale = text.slice(0, Math.max(0, at))
  const title = text.slice(at + 1)
  if (at < 1 || title.trim() === '')
    throw wrongUsage(`--title must be a locale and its title, such as en-US='Order ahead', not '${text}'`)
  if (Object.hasOwn(before, locale)) throw wrongUsage(`--title gives two titles in ${locale}`)
  return { ...before, [readLocale(locale)]: title }
}

/** A locale that App Store Connect knows. */
export function readLocale(locale: string): string {
  if (LOCALES.includes(locale)) return locale
  throw wrongUsage(`App Store Connect knows no locale '${locale}'.${suggestLocale(locale)}`)
}
