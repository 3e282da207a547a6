import { memo, useCallback, type ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { useLocaleName } from '../language/locale-name.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { deletions } from './deletions.ts'
import type { Field } from './drafts.ts'
import { FieldInput } from './field-input.tsx'
import { complaintOf, complaintOfUrl, isBegun } from './field-rules.ts'
import { titleIn } from './locales.ts'
import { messages } from './messages.ts'
import { partThatDiffers } from './part-that-differs.ts'
import type { Invocation } from './queries.ts'
import { useIsNarrow } from './use-is-narrow.ts'

export interface TitlesGridProps {
  readonly bundle: string
  readonly invocations: readonly Invocation[]
  readonly locales: readonly string[]
  /** The id of the one that shows where there is room for one; the first, where it is none of them. */
  readonly chosen: string
  readonly onChoose: (id: string) => void
  /** Those that the build is described in. */
  readonly ofBuild: readonly string[]
  readonly mayWrite: boolean
  readonly onSave: (field: Field) => void
  readonly onDelete: (invocation: Invocation) => void
  readonly onUndo: (invocation: Invocation) => void
}

/** Characters of URLs that the fields show together, side by side in a window of 1200 pixels. */
const SEEN_TOGETHER = 110

/** A row for each language and a column for each invocation; where there is little room, one of the columns. */
export function TitlesGrid(props: TitlesGridProps) {
  const { bundle, invocations, locales, chosen, onChoose, ofBuild, mayWrite, onSave, onDelete, onUndo } = props
  const say = useMessages(messages)
  const nameOf = useLocaleName()
  const isNarrow = useIsNarrow()
  const one = invocations.find(({ id }) => id === chosen) ?? invocations[0]
  const shown = isNarrow && one !== undefined ? [one] : invocations
  const urls = invocations.map(({ url }) => url)
  const partOf = (url: string): string => partThatDiffers(url, urls)
  const isCut = shown.length > 1 && urls.some((url) => url.length > SEEN_TOGETHER / shown.length)
  return (
    <>
      {isNarrow && invocations.length > 1 && (
        <div className="choice" role="radiogroup" aria-label={say('invocations')}>
          {invocations.map(({ id, url }) => (
            <label key={id} className="choice-item">
              <input type="radio" name={`one of ${bundle}`} checked={id === one?.id} onChange={() => onChoose(id)} />
              <span>{partOf(url)}</span>
            </label>
          ))}
        </div>
      )}
      <table className="titles">
        <colgroup>
          <col className="titles-language" />
          {shown.map(({ id }) => (
            <col key={id} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {!isNarrow && (
              <th scope="col" className="titles-corner">
                {say('language')}
              </th>
            )}
            {shown.map((invocation) => (
              <ColumnHead
                key={invocation.id}
                columns={isNarrow ? 2 : 1}
                part={isCut ? partOf(invocation.url) : undefined}
                {...{ bundle, invocation, invocations, locales, mayWrite, onSave, onDelete, onUndo }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {locales.map((locale) => (
            <tr key={locale}>
              <th scope="row">
                <span>{nameOf(locale)}</span>
                <code>{locale}</code>
                {!ofBuild.includes(locale) && <span className="titles-note">{say('notOfBuild')}</span>}
              </th>
              {shown.map((invocation) => (
                <Cell
                  key={invocation.id}
                  bundle={bundle}
                  invocation={invocation.id}
                  locale={locale}
                  title={titleIn(invocation, locale)}
                  isOnly={invocation.localizations.length === 1}
                  label={say('titleOf', { language: nameOf(locale), url: invocation.url })}
                  mayWrite={mayWrite}
                  onSave={onSave}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

interface ColumnHeadProps extends Omit<TitlesGridProps, 'chosen' | 'onChoose' | 'ofBuild'> {
  readonly invocation: Invocation
  /** Of the table; it stands above the languages too, where there is little room. */
  readonly columns: number
  /** What tells its URL from the others beside it, where fields are too short for them. */
  readonly part: string | undefined
}

function ColumnHead(props: ColumnHeadProps): ReactNode {
  const { bundle, invocation, invocations, columns, part, locales, mayWrite, onSave, onDelete, onUndo } = props
  const { id, url } = invocation
  const say = useMessages(messages)
  const deletion = deletions.useValue(id)
  const isGoing = deletion !== undefined
  const missing = locales.filter((locale) => titleIn(invocation, locale) === undefined).length
  const others = invocations.filter((each) => each.id !== id && deletions.get(each.id) === undefined)
  const taken = others.map((each) => each.url).join('\n')
  const complain = useCallback(
    (text: string) => (isBegun(text) && text !== '' ? undefined : complaintOfUrl(text, taken.split('\n'), say)),
    [taken, say],
  )
  return (
    <th scope="col" colSpan={columns} data-invocation={id} data-going={isGoing || undefined}>
      {mayWrite ? (
        <>
          <FieldInput
            {...{ bundle, complain, onSave, isGoing }}
            invocation={id}
            name="url"
            label={say('urlOf', { number: invocations.indexOf(invocation) + 1 })}
            value={url}
          />
          {/* Only for the eye, which does not see where a long URL ends. */}
          {part !== undefined && (
            <code className="titles-part" aria-hidden="true">
              {part}
            </code>
          )}
        </>
      ) : (
        <code className="titles-url">{url}</code>
      )}
      <div className="titles-state">
        {isGoing ? (
          <Badge tone="danger">{say('goingAway')}</Badge>
        ) : missing === 0 ? (
          <Badge tone="good">{say('complete')}</Badge>
        ) : (
          <Badge tone="warning">{say('missingCount', { count: missing })}</Badge>
        )}
        {/* One button with two meanings: the focus stays where the deletion can be taken back. */}
        {mayWrite && !deletion?.isSent && (
          <Button
            look="quiet"
            aria-label={say(isGoing ? 'undoOne' : 'deleteOne', { url })}
            onPress={() => (isGoing ? onUndo(invocation) : onDelete(invocation))}
          >
            {say(isGoing ? 'undo' : 'delete')}
          </Button>
        )}
      </div>
    </th>
  )
}

interface CellProps {
  readonly bundle: string
  readonly invocation: string
  readonly locale: string
  readonly title: string | undefined
  /** Whether it is the only title that the invocation has: it needs one. */
  readonly isOnly: boolean
  readonly label: string
  readonly mayWrite: boolean
  readonly onSave: (field: Field) => void
}

const Cell = memo(function Cell({ bundle, invocation, locale, title, isOnly, label, mayWrite, onSave }: CellProps) {
  const say = useMessages(messages)
  const isGoing = deletions.useValue(invocation) !== undefined
  const isNeeded = isOnly && title !== undefined
  const complain = useCallback(
    (text: string) => (text === '' && !isNeeded ? undefined : complaintOf('title', text, say)),
    [isNeeded, say],
  )
  return (
    <td data-invocation={invocation} data-going={isGoing || undefined}>
      {mayWrite ? (
        <FieldInput
          {...{ bundle, invocation, label, complain, onSave, isGoing }}
          name={locale}
          value={title}
          language={locale}
        />
      ) : title === undefined ? (
        <span className="titles-missing">{say('missing')}</span>
      ) : (
        <bdi lang={locale}>{title}</bdi>
      )}
    </td>
  )
})
