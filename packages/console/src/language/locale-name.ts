import { useLanguage } from './language.tsx'

const names = new Map<string, Intl.DisplayNames>()

/** The name of a locale, as those who speak `language` say it; its code where that has no name. */
export function localeName(locale: string, language: string = locale): string {
  try {
    const known = names.get(language) ?? new Intl.DisplayNames(language, { type: 'language' })
    names.set(language, known)
    return known.of(locale) ?? locale
  } catch {
    // No tag that the browser understands.
    return locale
  }
}

/** What a locale is called in the language of the page, such as `German (Germany)`. */
export function useLocaleName(): (locale: string) => string {
  const { language } = useLanguage()
  return (locale) => localeName(locale, language)
}
