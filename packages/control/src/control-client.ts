import { TEAM_HEADER, type SessionTeam } from '@clipflight/contract'
import { CONTROL_PATH } from './control-path.ts'
import { ControlError, readProblems } from './control-error.ts'
import type { LoggedRequest } from './logged-request.ts'
import type { Input, OperationName, Output } from './operations.ts'
import { readEvents } from './read-events.ts'
import type { RequestLine, RequestLines } from './request-lines.ts'

/** Who asks: whoever has the admin token, or a page of the service whose cookie proves a session. */
export type ControlCredentials = { readonly adminToken: string } | { readonly session: SessionTeam }

export type ControlClientOptions = ControlCredentials & {
  /** Of the service, without a path. */
  readonly url: string
  readonly fetch?: typeof fetch
}

/** Of one call. */
export interface ControlCall {
  readonly signal?: AbortSignal
}

/** Of `followRequests`. */
export interface FollowCall extends ControlCall {
  /** Number of the last request that was seen: what came behind it is shown first, as far as it is still there. */
  readonly after?: number
}

type Named = Exclude<OperationName, 'followRequests'>

/** A function for each operation. All reject with `ControlError` when the service refuses. */
export type ControlClient = {
  readonly [N in Named]: {} extends Input<N>
    ? (input?: Input<N>, call?: ControlCall) => Promise<Output<N>>
    : (input: Input<N>, call?: ControlCall) => Promise<Output<N>>
} & {
  /** Requests as they are answered, until the signal is aborted or the service ends. */
  readonly followRequests: (input?: Input<'followRequests'>, call?: FollowCall) => AsyncIterable<LoggedRequest>
}

interface Sending extends ControlCall {
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A client of the control API of one service, for who has the lines of its requests already: pages, which do without
 * the schemas that these come from. The token goes nowhere else: redirects are refused.
 */
export function createControlClientOf(
  lines: RequestLines,
  { url, fetch: given = fetch, ...who }: ControlClientOptions,
): ControlClient {
  const proof: Readonly<Record<string, string>> =
    'session' in who ? { [TEAM_HEADER]: String(who.session.team) } : { authorization: `Bearer ${who.adminToken}` }
  const base = `${url.replace(/\/+$/, '')}${CONTROL_PATH}`

  async function send(line: RequestLine, input: object, { signal, headers }: Sending): Promise<Response> {
    const { path, body } = placed(line, input)
    const response = await given(`${base}${path}`, {
      method: line.method,
      redirect: 'error',
      credentials: 'same-origin',
      headers: {
        ...proof,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status === line.status) return response
    throw new ControlError(response.status, readProblems(await response.text()))
  }

  async function call(line: RequestLine, input: object = {}, options: ControlCall = {}): Promise<unknown> {
    const response = await send(line, input, options)
    if (!line.isAnswered) return undefined
    return line.form === 'yaml' ? response.text() : response.json()
  }

  async function* followRequests(
    input: Input<'followRequests'> = {},
    { after, ...options }: FollowCall = {},
  ): AsyncGenerator<LoggedRequest> {
    const headers = after === undefined ? {} : { 'last-event-id': String(after) }
    const { body } = await send(lines.followRequests, input, { ...options, headers })
    if (body === null) return
    // Erasure: the service writes what the schema says.
    for await (const data of readEvents(body)) yield JSON.parse(data) as LoggedRequest
  }

  const named = Object.entries(lines).map(
    ([name, line]) => [name, (input?: object, options?: ControlCall) => call(line, input, options)] as const,
  )
  // Erasure: the types derive from the operations in the same way as the lines.
  return { ...Object.fromEntries(named), followRequests } as unknown as ControlClient
}

/** What goes into the path and the query, and what is left for the body. */
function placed({ path, inQuery, hasBody }: RequestLine, input: object): { path: string; body: string | undefined } {
  const values = Object.entries(input).filter(([, value]: [string, unknown]) => value !== undefined)
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const [, value] = values.find(([each]) => each === name) ?? []
    return encodeURIComponent(String(value ?? ''))
  })
  const search = new URLSearchParams(
    values.filter(([name]) => inQuery.includes(name)).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  const rest = values.filter(([name]) => !inPath.has(name) && !inQuery.includes(name))
  return {
    path: search === '' ? filled : `${filled}?${search}`,
    body: hasBody ? JSON.stringify(Object.fromEntries(rest)) : undefined,
  }
}
