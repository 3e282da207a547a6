import { connectionErrorOf, withoutToken } from './connection-error.ts'
import type { Proof } from './identity.ts'
import { readRateLimit, type RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'
import { readRetryAfter } from './retry-timing.ts'

/** The part of the standard function that the client uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What one try takes. */
export interface Exchange {
  readonly request: RequestLine
  readonly body: string | undefined
  readonly proof: Proof
  readonly userAgent?: string | undefined
  readonly fetch: Fetch
  readonly now: () => number
  readonly signal: AbortSignal
}

/** A whole answer, read to its end. */
export interface Answer {
  readonly request: RequestLine
  readonly status: number
  readonly contentType: string | undefined
  /** Where a resource that was created is. */
  readonly location: string | undefined
  readonly requestId: string | undefined
  readonly rateLimit: RateLimit | undefined
  readonly retryAfterMilliseconds: number | undefined
  /** The service's time, in milliseconds since 1970, to a second. */
  readonly date: number | undefined
  /** For people to read: the token is taken out of it. */
  readonly text: string
  /** Undefined unless the text is JSON. */
  readonly json: unknown
  /** False when the rest was not read, because there is too much of it. */
  readonly isWhole: boolean
}

/** Far beyond a page of 200 resources with all that can come along. */
export const LONGEST_ANSWER_BYTES = 32 * 1024 * 1024

/** Sends one request and reads its answer. Throws `ConnectionError`, or the reason of the signal. */
export async function exchange({ request, body, proof, userAgent, fetch, now, signal }: Exchange): Promise<Answer> {
  let response: Response
  let text: string
  let isWhole: boolean
  try {
    response = await fetch(request.url, {
      method: request.method,
      headers: {
        accept: 'application/json',
        ...proof.headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
      },
      ...(body === undefined ? {} : { body }),
      // A redirect could lead the token to another host.
      redirect: 'manual',
      credentials: 'same-origin',
      signal,
    })
    ;({ text, isWhole } = await readText(response))
  } catch (error) {
    signal.throwIfAborted()
    throw connectionErrorOf(request, error, proof.token)
  }
  // Some gateways show a request that they refuse, with its headers.
  const shown = withoutToken(text, proof.token)
  const { headers, ok } = response
  return {
    request,
    status: response.status,
    contentType: headers.get('content-type') ?? undefined,
    location: headers.get('location') ?? undefined,
    requestId: headers.get('x-request-id') ?? headers.get('x-apple-request-uuid') ?? undefined,
    rateLimit: readRateLimit(headers.get('x-rate-limit'), now()),
    retryAfterMilliseconds: readRetryAfter(headers.get('retry-after'), now()),
    date: readDate(headers.get('date')),
    text: shown,
    json: parseJson(ok ? text : shown),
    isWhole,
  }
}

function readDate(header: string | null): number | undefined {
  const date = Date.parse(header ?? '')
  return Number.isNaN(date) ? undefined : date
}

async function readText({ body }: Response): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  if (body === null) return { text: '', isWhole: true }
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read()
    if (done) return { text: text + decoder.decode(), isWhole: true }
    text += decoder.decode(value, { stream: true })
    bytes += value.byteLength
    if (bytes > LONGEST_ANSWER_BYTES) {
      await reader.cancel()
      return { text, isWhole: false }
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is told apart by whoever needs it to be.
    return undefined
  }
}
