import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { Button } from '../ui/button.tsx'
import { messages } from './messages.ts'

export interface LocalesToPrintProps {
  readonly locales: readonly string[]
  readonly chosen: readonly string[]
  readonly onChoose: (locales: readonly string[]) => void
}

/** The choice of locales that the sheet has. */
export function LocalesToPrint({ locales, chosen, onChoose }: LocalesToPrintProps) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  return (
    <fieldset className="sheet-locales">
      <legend>{say('locales')}</legend>
      {locales.map((locale) => (
        <label key={locale}>
          <input
            type="checkbox"
            checked={chosen.includes(locale)}
            onChange={({ target: { checked } }) =>
              onChoose(locales.filter((each) => (each === locale ? checked : chosen.includes(each))))
            }
          />
          {nameOf(locale)}
        </label>
      ))}
      <Button look="quiet" onPress={() => onChoose(locales)}>
        {say('all')}
      </Button>
      <Button look="quiet" onPress={() => onChoose([])}>
        {say('none')}
      </Button>
    </fieldset>
  )
}
