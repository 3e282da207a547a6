import type { LoggedRequest } from '@clipflight/control'
import { memo } from 'react'
import { Link } from 'wouter'
import { useLanguage, useMessages } from '../../language/language.tsx'
import { Badge } from '../../ui/badge.tsx'
import { messages } from './messages.ts'
import { StatusBadge } from './status-badge.tsx'
import { numbersOf } from './request-numbers.ts'

export interface RequestRowProps {
  readonly request: LoggedRequest
  readonly href: string
  readonly isOpen: boolean
  /** Whether the tab key stops here. */
  readonly isStop: boolean
  readonly onVisit: (id: string) => void
}

/** A request in a line. Scrolling moves rows and draws none of them again. */
export const RequestRow = memo(function RequestRow({ request, href, isOpen, isStop, onVisit }: RequestRowProps) {
  const say = useMessages(messages)
  const numbers = numbersOf(useLanguage().language)
  const { id, at, method, path, query, milliseconds, fault, status } = request
  return (
    <Link
      className="log-row"
      href={href}
      aria-current={isOpen ? 'true' : undefined}
      tabIndex={isStop ? 0 : -1}
      onFocus={() => onVisit(id)}
    >
      <time className="log-time" dateTime={at}>
        {numbers.time(at)}
      </time>
      <StatusBadge status={status} />
      <span className="log-method">{method}</span>
      <span className="log-path">
        {path}
        {query !== '' && <span className="quiet">?{query}</span>}
      </span>
      {fault !== undefined && <Badge tone="accent">{say('fault')}</Badge>}
      <span className="log-duration">{numbers.duration(milliseconds)}</span>
    </Link>
  )
})
