/** The name of a locale, as those who speak `language` say it; its code where that has no name. */
export function localeName(locale: string, language: string = locale): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(locale) ?? locale
  } catch {
    // No tag that the browser understands.
    return locale
  }
}
