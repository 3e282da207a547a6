import { useLanguage, useMessages } from '../language/language.tsx'
import { LANGUAGES, type Language } from '../language/messages.ts'
import { messages } from './messages.ts'

/** The languages of the page, each by its own name. */
export function LanguageChoice() {
  const say = useMessages(messages)
  const { language, speak } = useLanguage()
  // Erasure: the keys of a record of languages are languages.
  const choices = Object.entries(LANGUAGES) as [Language, string][]
  return (
    <label>
      {say('language')}{' '}
      <select
        value={language}
        onChange={({ target: { value } }) => speak(choices.find(([each]) => each === value)?.[0] ?? 'en')}
      >
        {choices.map(([each, name]) => (
          <option key={each} value={each} lang={each}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
