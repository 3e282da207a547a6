import { localeName } from '../language/locale-name.ts'
import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

export interface LocaleChoiceProps {
  readonly locales: readonly string[]
  /** What is shown when nothing is chosen. */
  readonly ofDevice: string
  readonly chosen: string | undefined
  readonly onChoose: (locale: string | undefined) => void
}

/** In which of the build's locales its titles are shown; each by its own name, so that who speaks it finds it. */
export function LocaleChoice({ locales, ofDevice, chosen, onChoose }: LocaleChoiceProps) {
  const say = useMessages(messages)
  const choices = locales
    .map((locale) => ({ locale, name: localeName(locale) }))
    .sort((one, other) => one.name.localeCompare(other.name))
  return (
    <label className="field">
      <span className="label">{say('locale')}</span>
      <select value={chosen ?? ''} onChange={({ target: { value } }) => onChoose(value === '' ? undefined : value)}>
        <option value="">{say('asDevice', { name: localeName(ofDevice) })}</option>
        {choices.map(({ locale, name }) => (
          <option key={locale} value={locale} lang={locale}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
