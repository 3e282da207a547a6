import {
  memo,
  useEffect,
  useId,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { useMessages } from '../language/language.tsx'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toasts.tsx'
import { drafts, fieldKey, type Draft, type Field } from './drafts.ts'
import { messages } from './messages.ts'

export interface FieldInputProps extends Field {
  readonly label: string
  /** What the service has. */
  readonly value: string | undefined
  /** What would be wrong with a text that may be sent. */
  readonly complain: (text: string) => string | undefined
  /** Sends what is written. */
  readonly onSave: (field: Field) => void
  /** The language of the text, where it is in one. */
  readonly language?: string | undefined
  readonly isGoing: boolean
}

/** What a spreadsheet has between its cells; a field of one line would keep tabs, and drop the ends of lines. */
const LINES_AND_CELLS = /[\t\r\n]+/

/**
 * A text of an invocation, to write where it stands: it is sent when one goes on, Enter and the arrows go on to the next
 * one in the column, and Escape takes back what was written. There can be 120 of them, and a key that is pressed
 * draws one: hence an element of HTML's own, which has no effects to run.
 */
export const FieldInput = memo(function FieldInput(props: FieldInputProps) {
  const { label, value, complain, onSave, language, isGoing, ...field } = props
  const say = useMessages(messages)
  const key = fieldKey(field)
  const draft = drafts.useValue(key)
  const [isLooked, setLooked] = useState(false)
  const about = useId()
  const input = useRef<HTMLInputElement>(null)

  const text = draft?.text ?? value ?? ''
  const isSettled = draft === undefined || draft.state === 'saving' || text === (draft.base ?? '')
  const complaint = isSettled ? undefined : complain(text)
  const refusal = draft?.problem
  const isWrong =
    !isGoing &&
    ((complaint ?? refusal) !== undefined || draft?.state === 'unsaved' || draft?.state === 'changed elsewhere')

  const write = (written: string): void => {
    const base = draft === undefined ? value : draft.base
    const isMeanwhile = draft?.state === 'saving'
    // No URL has spaces around it, but what is copied often does.
    const kept = field.name === 'url' ? written.trim() : written
    drafts.set(key, { text: kept, base, state: isMeanwhile ? 'saving' : 'writing' })
  }
  const paste = (event: ClipboardEvent): void => {
    const copied = event.clipboardData.getData('text')
    const lines = copied.split(LINES_AND_CELLS).filter((each) => each !== '')
    const line = lines.join(' ')
    if (line === copied) return
    event.preventDefault()
    // There is no other way that can be undone by keyboard.
    document.execCommand('insertText', false, line)
    if (lines.length > 1) showToast({ text: say('pastedAsOne') })
  }
  const leave = (): void => {
    setLooked(false)
    const now = drafts.get(key)
    if (now === undefined || now.state !== 'writing') return
    if (now.text === (now.base ?? '')) drafts.set(key, undefined)
    else if (complain(now.text) === undefined) onSave(field)
  }

  /** For what is pressed below the field and goes by that: who had the focus there goes on in the field. */
  const goBack = (): void => input.current?.focus()

  useEffect(() => {
    // It was written on while it was saved, and left before that was done.
    if (draft?.state === 'writing' && input.current !== document.activeElement) leave()
    // Only when the state changes: what is written is sent once one leaves.
  }, [draft?.state])

  return (
    <>
      <input
        ref={input}
        className="input field-input"
        aria-label={label}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? about : undefined}
        data-missing={(value === undefined && draft === undefined) || undefined}
        data-name={field.name}
        lang={language}
        dir={language === undefined ? 'ltr' : 'auto'}
        inputMode={language === undefined ? 'url' : undefined}
        spellCheck={language !== undefined}
        autoCapitalize={language === undefined ? 'none' : undefined}
        autoComplete="off"
        placeholder={value === undefined && !isLooked ? say('missing') : ''}
        disabled={isGoing}
        value={text}
        onFocus={() => setLooked(true)}
        onBlur={leave}
        onChange={({ target }) => write(target.value)}
        onPaste={paste}
        onKeyDown={(event) => {
          // Some of them choose a word of an input method.
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' && draft !== undefined && draft.state !== 'saving') drafts.set(key, undefined)
          else if (event.key === 'Enter') {
            leave()
            go(event, 1)
          } else if (event.key === 'ArrowDown') go(event, 1)
          else if (event.key === 'ArrowUp') go(event, -1)
        }}
      />
      {isWrong && (
        <div className="field-about" id={about}>
          {draft?.state === 'changed elsewhere' ? (
            <Choice {...{ draft, field, language, onSave, goBack }} />
          ) : (
            <p className="problem">
              {complaint ?? (refusal === undefined ? say('notSaved') : <span lang="en">{refusal}</span>)}
            </p>
          )}
          {draft?.state === 'unsaved' && complaint === undefined && (
            <Button
              onPress={() => {
                goBack()
                onSave(field)
              }}
            >
              {say('tryAgain')}
            </Button>
          )}
        </div>
      )}
    </>
  )
})

interface ChoiceProps {
  readonly draft: Draft
  readonly field: Field
  readonly language: string | undefined
  readonly onSave: (field: Field) => void
  readonly goBack: () => void
}

/** Both texts are there: what was written here, in the field, and what was written elsewhere. */
function Choice({ draft: { text, theirs }, field, language, onSave, goBack }: ChoiceProps): ReactNode {
  const say = useMessages(messages)
  const key = fieldKey(field)
  return (
    <div role="group" aria-label={say('changedElsewhere')} className="field-choice">
      <p className="problem">
        {theirs === undefined ? say('theirsGone') : <bdi lang={language}>{say('theirs', { text: theirs })}</bdi>}
      </p>
      <div className="toolbar">
        <Button
          onPress={() => {
            goBack()
            // Written again upon what is there now, and knowingly so.
            drafts.set(key, { text, base: theirs, state: 'writing' })
            onSave(field)
          }}
        >
          {say('keepMine')}
        </Button>
        <Button
          onPress={() => {
            goBack()
            drafts.set(key, undefined)
          }}
        >
          {say('takeTheirs')}
        </Button>
      </div>
    </div>
  )
}

/** To the next field of the column, as far as there is one. */
function go(event: KeyboardEvent<HTMLInputElement>, by: 1 | -1): void {
  const { currentTarget } = event
  const column = currentTarget.closest<HTMLElement>('[data-invocation]')?.dataset['invocation'] ?? ''
  const all = [
    ...(currentTarget
      .closest('table')
      ?.querySelectorAll<HTMLInputElement>(`[data-invocation="${CSS.escape(column)}"] .field-input`) ?? []),
  ]
  const next = all[all.indexOf(currentTarget) + by]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
  next.select()
}
