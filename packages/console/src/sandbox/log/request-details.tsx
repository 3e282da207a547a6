import type { LoggedRequest } from '@clipflight/control'
import { CONSOLE_KEY } from '@clipflight/control/console-key'
import { useEffect, useMemo, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import { pathTo } from '../../app/paths.ts'
import { useCount, useLanguage, useMessages } from '../../language/language.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { messages } from './messages.ts'
import { StatusBadge } from './status-badge.tsx'
import { writeCurl } from './write-curl.ts'
import { numbersOf } from './request-numbers.ts'

export interface RequestDetailsProps {
  readonly team: number
  /** Undefined when the log has it no more. */
  readonly request: LoggedRequest | undefined
  /** The address without it. */
  readonly closing: string
}

/** One request and its answer in full. It has the focus when it is opened, and Escape closes it. */
export function RequestDetails({ team, request, closing }: RequestDetailsProps) {
  const say = useMessages(messages)
  const [, navigate] = useLocation()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const close = (): void => navigate(closing)
  return (
    <section
      className="log-details card"
      aria-label={say('details')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') close()
      }}
    >
      <header>
        <h2 ref={heading} tabIndex={-1}>
          {request === undefined ? say('details') : `${request.method} ${request.path}`}
        </h2>
        <Button look="quiet" onPress={close}>
          {say('close')}
        </Button>
      </header>
      {request === undefined ? (
        <EmptyState title={say('goneTitle')}>{say('goneText')}</EmptyState>
      ) : (
        <Details team={team} request={request} />
      )}
    </section>
  )
}

function Details({ team, request }: { readonly team: number; readonly request: LoggedRequest }) {
  const say = useMessages(messages)
  const numbers = numbersOf(useLanguage().language)
  const { id, at, status, milliseconds, query, operation, key, why, fault, problems } = request
  const facts: readonly (readonly [string, string])[] = [
    [say('at'), numbers.dateAndTime(at)],
    [say('duration'), numbers.duration(milliseconds)],
    [say('operation'), operation ?? say('none')],
    ...(key === undefined ? [] : [[say('key'), key === CONSOLE_KEY ? say('ofConsole') : key] as const]),
    [say('id'), id],
  ]
  return (
    <>
      <div className="toolbar">
        <StatusBadge status={status} />
        <CopyButton text={writeCurl(request, location.origin)} label={say('copyCurl')}>
          {say('copyCurl')}
        </CopyButton>
        <CopyButton
          text={`${location.origin}${location.pathname}?request=${encodeURIComponent(id)}`}
          label={say('copyLink')}
        >
          {say('copyLink')}
        </CopyButton>
      </div>
      {(why !== undefined || fault !== undefined) && (
        <Notice title={fault === undefined ? say('why') : say('faultStruck')} tone="warning">
          {why !== undefined && <p lang="en">{why}</p>}
          {fault !== undefined && (
            <p>
              <Link href={pathTo('sandboxFaults', { team })}>{say('toFaults')}</Link>
            </p>
          )}
        </Notice>
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {problems.length > 0 && (
        <section className="log-part">
          <h3>{say('problems')}</h3>
          <ul lang="en">
            {problems.map(({ code, detail }, index) => (
              <li key={index}>
                <code>{code}</code> {detail}
              </li>
            ))}
          </ul>
        </section>
      )}
      {query !== '' && <Query query={query} />}
      <Headers title={say('requestHeaders')} headers={request.requestHeaders} />
      {request.requestBody !== undefined && <Body title={say('requestBody')} body={request.requestBody} />}
      {status === null ? (
        <p className="quiet">{say('noAnswer')}</p>
      ) : (
        <>
          <Headers title={say('answerHeaders')} headers={request.answerHeaders} />
          <Body title={say('answerBody')} body={request.answerBody} />
        </>
      )}
    </>
  )
}

/** The query, each parameter by itself. */
function Query({ query }: { readonly query: string }) {
  return (
    <dl className="facts log-headers">
      {[...new URLSearchParams(query)].map(([name, value], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface HeadersProps {
  readonly title: string
  readonly headers: LoggedRequest['requestHeaders']
}

function Headers({ title, headers }: HeadersProps) {
  const lines = Object.entries(headers)
  return (
    <details className="log-part">
      <summary>
        {title} <span className="quiet">{lines.length}</span>
      </summary>
      <dl className="facts log-headers">
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{[value].flat().join('\n')}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

interface BodyProps {
  readonly title: string
  readonly body: LoggedRequest['answerBody']
}

function Body({ title, body }: BodyProps) {
  const say = useMessages(messages)
  const count = useCount()
  const shown = useMemo(() => formatBody(body?.text ?? ''), [body])
  const isCut = body !== undefined && new TextEncoder().encode(body.text).length < body.bytes
  return (
    <section className="log-part">
      <div className="log-part-title">
        <h3>{title}</h3>
        {body !== undefined && <CopyButton text={body.text} label={say('copyBody')} />}
      </div>
      {isCut && <p className="quiet">{say('truncated', { bytes: count(body.bytes) })}</p>}
      {shown === '' ? (
        <p className="quiet">{say('noBody')}</p>
      ) : (
        <pre className="log-body" tabIndex={0} aria-label={title}>
          {shown}
        </pre>
      )}
    </section>
  )
}

/** JSON with a line for each member; all else as it is. */
function formatBody(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    // A page of a gateway, or the beginning of a long answer.
    return text
  }
}
