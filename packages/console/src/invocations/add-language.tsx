import { LOCALES } from '@clipflight/contract'
import { useState } from 'react'
import { useLanguage, useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { Button } from '../ui/button.tsx'
import { messages } from './messages.ts'

export interface AddLanguageProps {
  readonly shown: readonly string[]
  readonly onAdd: (locale: string) => void
}

/** Offers the locales of App Store Connect that there is no place for a title in yet. */
export function AddLanguage({ shown, onAdd }: AddLanguageProps) {
  const say = useMessages(messages)
  const { language } = useLanguage()
  const nameOf = useLocaleName()
  const [chosen, choose] = useState('')
  const offered = LOCALES.filter((locale) => !shown.includes(locale))
    .map((locale) => ({ locale, name: nameOf(locale) }))
    .toSorted((one, other) => one.name.localeCompare(other.name, language))
  const isOffered = offered.some(({ locale }) => locale === chosen)
  return (
    <div className="toolbar">
      <select
        className="input language-choice"
        aria-label={say('anotherLanguage')}
        value={isOffered ? chosen : ''}
        onChange={({ target: { value } }) => choose(value)}
      >
        <option value="">{say('anotherLanguage')}</option>
        {offered.map(({ locale, name }) => (
          <option key={locale} value={locale}>
            {name} ({locale})
          </option>
        ))}
      </select>
      <Button isDisabled={!isOffered} onPress={() => onAdd(chosen)}>
        {say('addLanguage')}
      </Button>
    </div>
  )
}
