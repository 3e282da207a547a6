import { countChanges, groupChanges, type InvocationGroup, type Plan, type TitleChange } from '@clipflight/plan'
import type { ReactNode } from 'react'
import { useMessages } from '../language/language.tsx'
import { TitleText } from '../ui/title-text.tsx'
import { ChangeSign } from './change-sign.tsx'
import { messages } from './messages.ts'
import './plans.css'

export interface PlanPreviewProps {
  readonly plan: Plan
  /** Whether what is in its way goes with what is not listed. */
  readonly doesPruneHelp: boolean
}

/** What a plan does to each invocation, what it leaves as it is, and why it cannot be applied if so. */
export function PlanPreview({ plan, doesPruneHelp }: PlanPreviewProps) {
  const say = useMessages(messages)
  const { changes, unchanged, unlisted, problems } = plan
  return (
    <>
      {problems.length > 0 ? (
        <div className="notice" data-tone="danger" role="status">
          <strong>{say('cannotApply')}</strong>
          {problems.map((problem) => (
            <p key={problem} lang="en">
              {problem}
            </p>
          ))}
          {doesPruneHelp && <p>{say('pruneHelps')}</p>}
        </div>
      ) : (
        <p className="plan-total" role="status">
          {changes.length === 0 ? say('noChanges') : say('total', { ...countChanges(changes) })}
        </p>
      )}
      {changes.length > 0 && (
        <ul className="plan-list" aria-label={say('plan')}>
          {groupChanges(changes).map((group, index) => (
            // Groups have no name of their own, and the list is drawn anew as a whole.
            <Group key={`${index} ${group.before ?? group.after}`} group={group} />
          ))}
        </ul>
      )}
      <Urls title={say('unchanged')} urls={unchanged.map(({ url }) => url)} />
      <Urls title={say('unlisted')} urls={unlisted.map(({ url }) => url)}>
        {say('unlistedHint')}
      </Urls>
    </>
  )
}

function Group({ group: { op, before, after, by, why, titles } }: { readonly group: InvocationGroup }) {
  const say = useMessages(messages)
  const isMoved = before !== undefined && after !== undefined && before !== after
  return (
    <li className="plan-item">
      <ChangeSign op={op} />
      <div className="plan-what">
        <code className="plan-url" data-gone={op === 'delete' || isMoved || undefined}>
          {before ?? after}
        </code>
        {isMoved && (
          <span>
            <span aria-hidden="true">→ </span>
            <span className="visually-hidden">{say('movesTo')} </span>
            <code className="plan-url">{after}</code>
          </span>
        )}
        {why !== undefined && (
          <span className="quiet" lang="en">
            {why}
          </span>
        )}
        {by !== undefined && (
          <span className="quiet">
            {say('makesWay')} <code>{by}</code>
          </span>
        )}
        {titles.length > 0 && (
          <ul className="plan-titles">
            {titles.map((title) => (
              <Title key={`${title.locale} ${title.before}`} title={title} />
            ))}
          </ul>
        )}
      </div>
    </li>
  )
}

function Title({ title: { locale, before, after } }: { readonly title: TitleChange }) {
  return (
    <li>
      <ChangeSign op={before === undefined ? 'create' : after === undefined ? 'delete' : 'update'} />
      <code>{locale}</code>
      <span>
        {before !== undefined && (
          <del>
            <TitleText locale={locale}>{before}</TitleText>
          </del>
        )}
        {before !== undefined && after !== undefined && <span aria-hidden="true"> → </span>}
        {after !== undefined && (
          <ins>
            <TitleText locale={locale}>{after}</TitleText>
          </ins>
        )}
      </span>
    </li>
  )
}

interface UrlsProps {
  readonly title: string
  readonly urls: readonly string[]
  readonly children?: ReactNode
}

function Urls({ title, urls, children }: UrlsProps) {
  if (urls.length === 0) return null
  return (
    <div className="plan-rest">
      <h3>{title}</h3>
      <ul aria-label={title}>
        {urls.map((url) => (
          <li key={url}>
            <code>{url}</code>
          </li>
        ))}
      </ul>
      {children !== undefined && <p className="quiet">{children}</p>}
    </div>
  )
}
