import { CONTROL_PATH } from './control-path.ts'
import { ControlError, readProblems } from './control-error.ts'
import type { LoggedRequest } from './logged-request.ts'
import {
  operationNamed,
  operationNames,
  type Input,
  type Operation,
  type OperationName,
  type Output,
} from './operations.ts'
import { readEvents } from './read-events.ts'

/** Which service, and what opens it. */
export interface ControlClientOptions {
  /** Of the service, without a path. */
  readonly url: string
  readonly adminToken: string
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

/** A client of the control API of one service. The token goes nowhere else: redirects are refused. */
export function createControlClient({ url, adminToken, fetch: given = fetch }: ControlClientOptions): ControlClient {
  const base = `${url.replace(/\/+$/, '')}${CONTROL_PATH}`

  async function send(operation: Operation, input: object, { signal, headers }: Sending): Promise<Response> {
    const { path, body } = placed(operation, input)
    const response = await given(`${base}${path}`, {
      method: operation.method,
      redirect: 'error',
      headers: {
        authorization: `Bearer ${adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status === operation.status) return response
    throw new ControlError(response.status, readProblems(await response.text()))
  }

  async function call(operation: Operation, input: object = {}, options: ControlCall = {}): Promise<unknown> {
    const response = await send(operation, input, options)
    if (operation.answer === undefined) return undefined
    return operation.form === 'yaml' ? response.text() : response.json()
  }

  async function* followRequests(
    input: Input<'followRequests'> = {},
    { after, ...options }: FollowCall = {},
  ): AsyncGenerator<LoggedRequest> {
    const headers = after === undefined ? {} : { 'last-event-id': String(after) }
    const { body } = await send(operationNamed('followRequests'), input, { ...options, headers })
    if (body === null) return
    // Erasure: the service writes what the schema says.
    for await (const data of readEvents(body)) yield JSON.parse(data) as LoggedRequest
  }

  const named = operationNames.map((name) => {
    const operation = operationNamed(name)
    return [name, (input?: object, options?: ControlCall) => call(operation, input, options)] as const
  })
  // Erasure: the types derive from the operations in the same way as the functions.
  return { ...Object.fromEntries(named), followRequests } as unknown as ControlClient
}

/** What goes into the path and the query, and what is left for the body. */
function placed({ path, params, query, body }: Operation, input: object): { path: string; body: string | undefined } {
  const isIn = (schema: Operation['params'], name: string): boolean => Object.hasOwn(schema?.properties ?? {}, name)
  const values = Object.entries(input).filter(([, value]: [string, unknown]) => value !== undefined)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const [, value] = values.find(([each]) => each === name) ?? []
    return encodeURIComponent(String(value ?? ''))
  })
  const search = new URLSearchParams(
    values.filter(([name]) => isIn(query, name)).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  const rest = values.filter(([name]) => !isIn(params, name) && !isIn(query, name))
  return {
    path: search === '' ? filled : `${filled}?${search}`,
    body: body === undefined ? undefined : JSON.stringify(Object.fromEntries(rest)),
  }
}
