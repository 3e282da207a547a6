import type { Addition } from '@clipflight/plan'
import { useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { messages as ui } from '../ui/messages.ts'
import { Notice } from '../ui/notice.tsx'
import { Reason } from '../ui/reason.tsx'
import { TitleText } from '../ui/title-text.tsx'
import { showToast } from '../ui/toasts.tsx'
import { MOST_INVOCATIONS } from './field-rules.ts'
import { messages } from './messages.ts'
import { placeOf } from './place-of.ts'
import { ChangedElsewhere } from './save-field.ts'
import { usePerformChanges } from './use-perform-changes.ts'

export interface ChangeListProps {
  readonly team: number
  readonly bundle: string
  readonly changes: readonly Addition[]
  /** Invocations that can still be added. */
  readonly room: number
  /** When all of it was made, even if nobody looks any more. */
  readonly onDone?: () => void
  readonly onClose: () => void
}

/**
 * Says what will change, lets one choose, and makes the changes; what could not be made stays, with the reason. Closed
 * meanwhile, it begins no more of them, and the page is told how far it came.
 */
export function ChangeList({ team, bundle, changes, room, onDone, onClose }: ChangeListProps) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { isPending, errors, perform } = usePerformChanges(team, bundle)

  // The first of them, as far as there is room; more when one of those is left out.
  const invocations = changes.filter(({ type }) => type === 'betaAppClipInvocations').map(placeOf)
  const tooMany = new Set(invocations.filter((place) => !left.has(place)).slice(room))
  const isChosen = (change: Addition): boolean => !left.has(placeOf(change)) && !tooMany.has(placeOf(change))
  const chosen = changes.filter(isChosen)

  function tellWhoHasGone(text: string, error: unknown): void {
    const told = error instanceof ChangedElsewhere ? { text: `${text} ${say('changedElsewhere')}` } : { text, error }
    // What is left to do should not be missed.
    showToast(told, { seconds: 60 })
  }

  async function performChosen(): Promise<void> {
    const { made, errors, isSeen } = await perform(chosen)
    const total = chosen.length
    const isDone = made === total
    if (isDone || (isSeen && made > 0)) showToast({ text: say('performed', { count: made }) })
    else if (!isSeen) tellWhoHasGone(say('partly', { done: made, total }), [...errors.values()][0])
    if (isDone) onDone?.()
    // There may be another dialog where this one was.
    if (isDone && isSeen) onClose()
  }

  return (
    <>
      {changes.length > 0 && (
        <fieldset className="changes" disabled={isPending}>
          <legend>{say('changes')}</legend>
          <ul>
            {changes.map((change) => {
              const place = placeOf(change)
              const error = errors.get(place)
              return (
                <li key={place}>
                  <label>
                    <input
                      type="checkbox"
                      checked={isChosen(change)}
                      disabled={tooMany.has(place)}
                      onChange={({ target: { checked } }) => {
                        const others = [...left].filter((each) => each !== place)
                        setLeft(new Set(checked ? others : [...others, place]))
                      }}
                    />
                    <span className="change">
                      <ChangeText change={change} />
                      {error !== undefined ? (
                        <span className="problem">
                          {error instanceof ChangedElsewhere ? say('changedElsewhere') : <Reason error={error} />}
                        </span>
                      ) : (
                        tooMany.has(place) && (
                          <span className="problem">{say('noRoom', { most: MOST_INVOCATIONS })}</span>
                        )
                      )}
                    </span>
                  </label>
                </li>
              )
            })}
          </ul>
        </fieldset>
      )}
      {errors.size > 0 && <Notice tone="danger" title={say('someLeft')} />}
      <div className="dialog-buttons">
        <Button onPress={onClose}>{sayOfUi('cancel')}</Button>
        <Button
          look="primary"
          isPending={isPending}
          isDisabled={chosen.length === 0}
          onPress={() => void performChosen()}
        >
          {say('perform', { count: chosen.length })}
        </Button>
      </div>
    </>
  )
}

function ChangeText({ change }: { readonly change: Addition }) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  if (change.type === 'betaAppClipInvocations') {
    const { url, titles } = change.after
    return (
      <>
        <span className="toolbar">
          <Badge tone="good">{say('changeAdd')}</Badge>
          <code>{url}</code>
        </span>
        {Object.entries(titles).map(([locale, title]) => (
          <span key={locale} className="quiet">
            {locale} <TitleText locale={locale}>{title}</TitleText>
          </span>
        ))}
      </>
    )
  }
  const { locale, title } = change.after
  return (
    <>
      <span className="toolbar">
        <Badge tone={change.op === 'create' ? 'good' : 'warning'}>
          {say(change.op === 'create' ? 'changeSet' : 'changeReplace')}
        </Badge>
        <span>{nameOf(locale)}</span>
        <code className="quiet">{change.url}</code>
      </span>
      <span>
        {change.op === 'update' && (
          <>
            <del>
              <TitleText locale={locale}>{change.before.title}</TitleText>
            </del>{' '}
          </>
        )}
        <TitleText locale={locale}>{title}</TitleText>
      </span>
    </>
  )
}
