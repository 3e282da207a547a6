import { LOCALES } from '@clipflight/contract'
import { didYouMean } from '@clipflight/yaml-text'

/** Norwegian has two written forms, and App Store Connect one code. */
const OTHER_NAMES: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', iw: 'he', in: 'id' }

/** ` Did you mean 'de-DE'?`: by the language where there is one of it, otherwise by the letters. */
export function suggestLocale(word: string): string {
  const spelled = word.replaceAll('_', '-').toLowerCase()
  const same = LOCALES.find((locale) => locale.toLowerCase() === spelled)
  if (same !== undefined) return ` Did you mean '${same}'?`
  const [written = ''] = spelled.split('-', 1)
  const language = OTHER_NAMES[written] ?? written
  const ofLanguage = LOCALES.filter((locale) => locale === language || locale.startsWith(`${language}-`))
  const [only] = ofLanguage
  if (only === undefined) return didYouMean(word, LOCALES)
  return ofLanguage.length === 1 ? ` Did you mean '${only}'?` : ` There are ${ofLanguage.join(', ')}.`
}
