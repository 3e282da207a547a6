import { useState } from 'react'
import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { showToast } from '../ui/toasts.tsx'
import type { Change } from './change.ts'
import { MOST_INVOCATIONS } from './field-rules.ts'
import { messages } from './messages.ts'
import { usePerformChanges } from './use-perform-changes.ts'

export interface ChangeListProps {
  readonly team: number
  readonly bundle: string
  readonly changes: readonly Change[]
  /** Invocations that can still be added. */
  readonly room: number
  /** When all of it was made. */
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Says what will change, lets one choose, and makes the changes; what could not be made stays, with the reason. */
export function ChangeList({ team, bundle, changes, room, onDone, onClose }: ChangeListProps) {
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const { isPending, reasons, perform } = usePerformChanges(team, bundle)

  // The first of them, as far as there is room; more when one of those is left out.
  const additions = changes.filter(({ kind, key }) => kind === 'add' && !left.has(key))
  const tooMany = new Set(additions.slice(room).map(({ key }) => key))
  const chosen = changes.filter(({ key }) => !left.has(key) && !tooMany.has(key))

  async function performChosen(): Promise<void> {
    const count = await perform(chosen)
    if (count > 0) showToast({ text: say('performed', { count }) })
    if (count === chosen.length) onDone()
  }

  return (
    <>
      {changes.length > 0 && (
        <fieldset className="changes" disabled={isPending}>
          <legend>{say('changes')}</legend>
          <ul>
            {changes.map((change) => {
              const { key, kind, url } = change
              const reason =
                reasons.get(key) ?? (tooMany.has(key) ? say('noRoom', { most: MOST_INVOCATIONS }) : undefined)
              return (
                <li key={key}>
                  <label>
                    <input
                      type="checkbox"
                      checked={!left.has(key) && !tooMany.has(key)}
                      disabled={tooMany.has(key)}
                      onChange={({ target: { checked } }) => {
                        const others = [...left].filter((each) => each !== key)
                        setLeft(new Set(checked ? others : [...others, key]))
                      }}
                    />
                    <span className="change">
                      {kind === 'add' ? (
                        <>
                          <span className="toolbar">
                            <Badge tone="good">{say('changeAdd')}</Badge>
                            <code>{url}</code>
                          </span>
                          {Object.entries(change.titles).map(([locale, title]) => (
                            <span key={locale} className="quiet">
                              {locale} <bdi lang={locale}>{title}</bdi>
                            </span>
                          ))}
                        </>
                      ) : (
                        <>
                          <span className="toolbar">
                            <Badge tone={change.from === undefined ? 'good' : 'warning'}>
                              {say(change.from === undefined ? 'changeSet' : 'changeReplace')}
                            </Badge>
                            <span>{nameOf(change.locale)}</span>
                            <code className="quiet">{url}</code>
                          </span>
                          <span>
                            {change.from !== undefined && (
                              <>
                                <del lang={change.locale}>{change.from}</del>{' '}
                              </>
                            )}
                            <bdi lang={change.locale}>{change.to}</bdi>
                          </span>
                        </>
                      )}
                      {reason !== undefined && <span className="problem">{reason}</span>}
                    </span>
                  </label>
                </li>
              )
            })}
          </ul>
        </fieldset>
      )}
      {reasons.size > 0 && <Notice tone="danger" title={say('someLeft')} />}
      <div className="dialog-buttons">
        <Button onPress={onClose}>{say('cancel')}</Button>
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
