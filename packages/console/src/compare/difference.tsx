import { compareInvocations, groupChanges, type ActualInvocation, type InvocationGroup } from '@clipflight/plan'
import { useMessages } from '../language/language.tsx'
import { TitleText } from '../ui/title-text.tsx'
import { Badge } from '../ui/badge.tsx'
import { messages } from './messages.ts'

export interface DifferenceProps {
  readonly here: string
  readonly there: string
  readonly first: readonly ActualInvocation[]
  readonly second: readonly ActualInvocation[]
}

const TONES = { create: 'good', update: 'warning', delete: 'danger' } as const

/** Which invocations and titles two builds do not share, side by side, and which they do. */
export function Difference({ here, there, first, second }: DifferenceProps) {
  const say = useMessages(messages)
  const { changes, unchanged } = compareInvocations(first, second)
  const groups = groupChanges(changes)
  const summary =
    groups.length > 0
      ? say('differ', { count: groups.length })
      : say(first.length + second.length === 0 ? 'bothEmpty' : 'same')
  return (
    <section className="stack" aria-labelledby="invocations">
      <header>
        <h2 id="invocations">{say('invocations')}</h2>
        <p className="quiet" role="status">
          {summary}
        </p>
      </header>
      {groups.map((group) => (
        <Group
          key={`${group.before} ${group.after}`}
          group={group}
          here={here}
          there={there}
          sameTitles={countSame(group, first)}
        />
      ))}
      {unchanged.length > 0 && (
        <div className="plan-rest">
          <h3>{say('unchanged')}</h3>
          <ul aria-label={say('unchanged')}>
            {unchanged.map(({ url }) => (
              <li key={url}>
                <code>{url}</code>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}

/** Titles of a changed invocation that no change speaks of. */
function countSame({ op, before, titles }: InvocationGroup, first: readonly ActualInvocation[]): number {
  if (op !== 'update') return 0
  const all = first.find(({ url }) => url === before)?.localizations.length ?? 0
  return all - titles.filter((title) => title.before !== undefined).length
}

interface GroupProps {
  readonly group: InvocationGroup
  readonly here: string
  readonly there: string
  readonly sameTitles: number
}

function Group({ group: { op, before, after, titles }, here, there, sameTitles }: GroupProps) {
  const say = useMessages(messages)
  const isMoved = op === 'update' && before !== after
  return (
    <div className="card">
      <div className="compare-heading">
        <Badge tone={TONES[op]}>{say(op)}</Badge>
        <h3>
          <code>{before ?? after}</code>
        </h3>
      </div>
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">{say('locale')}</th>
            <th scope="col">{here}</th>
            <th scope="col">{there}</th>
          </tr>
        </thead>
        <tbody>
          {isMoved && (
            <tr>
              <th scope="row">{say('url')}</th>
              <td data-label={here}>
                <code>{before}</code>
              </td>
              <td data-label={there}>
                <code>{after}</code>
              </td>
            </tr>
          )}
          {titles.map((title) => (
            <tr key={`${title.locale} ${title.before}`}>
              <th scope="row">
                <code>{title.locale}</code>
              </th>
              <td data-label={here}>
                {title.before === undefined ? <Nothing /> : <TitleText locale={title.locale}>{title.before}</TitleText>}
              </td>
              <td data-label={there}>
                {title.after === undefined ? <Nothing /> : <TitleText locale={title.locale}>{title.after}</TitleText>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sameTitles > 0 && <p className="quiet compare-same">{say('sameTitles', { count: sameTitles })}</p>}
    </div>
  )
}

function Nothing() {
  const say = useMessages(messages)
  return (
    <span className="quiet">
      <span aria-hidden="true">–</span>
      <span className="visually-hidden">{say('nothing')}</span>
    </span>
  )
}
