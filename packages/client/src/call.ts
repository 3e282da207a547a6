import type { Answer } from './exchange.ts'
import { ConnectionError } from './connection-error.ts'
import { accept, isUnclear, retryAfterOf, statusOf } from './judge-answer.ts'
import type { RequestLine } from './request-line.ts'
import { backOff } from './retry-timing.ts'
import type { Sender } from './sender.ts'

export interface ApiRequest {
  readonly method: RequestLine['method']
  /** Path and query, from `/v1` on. */
  readonly path: string
  readonly body?: object
  /**
   * What sending it again does when nobody knows whether it arrived: nothing more (`harmless`), nothing more but
   * to find the resource gone (`until gone`), or perhaps the same thing twice (`unsafe`).
   */
  readonly again: 'harmless' | 'until gone' | 'unsafe'
}

/** A request as somebody wrote it, with mistakes or without. */
export interface RawRequest {
  readonly method: RequestLine['method']
  /** Path and query, from `/v1` on. */
  readonly path: string
  /** Sent as JSON, whether it is or not. */
  readonly body?: string | undefined
}

/** What one call of the client's does: requests that share a deadline and a signal. */
export interface Call {
  /** Aborted when the caller wants it, or the time is up. */
  readonly signal: AbortSignal
  /** The last write, or the first read when there was none: what is read behind a write is to tell what became of it. */
  readonly request: RequestLine | undefined
  /** Throws for anything but an answer that says yes, once the tries are used up. */
  send(request: ApiRequest): Promise<Answer>
  /** Sends a text as it is, once. Resolves with whatever is answered. */
  sendRaw(request: RawRequest): Promise<Answer>
  /** Waits until it is time for another try after so many; false at once when there is to be none. */
  mayTryAgain(error: unknown, tries: number): Promise<boolean>
}

export interface CallParts {
  readonly sender: Sender
  readonly baseUrl: string
  readonly signal: AbortSignal
  /** When the signal is aborted by itself, in milliseconds since 1970. */
  readonly endsAt: number
  readonly tries: number
  /** Whether there is another try where nobody listens. */
  readonly waitsForListener: boolean
  readonly longestWaitMilliseconds: number
  readonly now: () => number
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>
}

export function openCall(parts: CallParts): Call {
  const { sender, baseUrl, signal, now } = parts
  let request: RequestLine | undefined

  async function mayTryAgain(error: unknown, tries: number): Promise<boolean> {
    if (!parts.waitsForListener && isRefused(error)) return false
    const milliseconds = retryAfterOf(error) ?? backOff(tries)
    const longest = Math.min(parts.longestWaitMilliseconds, parts.endsAt - now())
    // What the service said says more than that the time was up.
    if (tries >= parts.tries || milliseconds > longest) return false
    await parts.sleep(milliseconds, signal)
    return true
  }

  async function send({ method, path, body, again }: ApiRequest): Promise<Answer> {
    const line: RequestLine = { method, url: `${baseUrl}${path}` }
    const text = body === undefined ? undefined : JSON.stringify(body)
    request = method === 'GET' ? (request ?? line) : line
    let mayBeGone = false
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await sender.send({ line, body: text, attempt }, signal)
        return mayBeGone && answer.status === 404 ? answer : accept(answer)
      } catch (error) {
        mayBeGone ||= again === 'until gone' && isUnclear(error)
        // Too many requests: that one was not carried out, whatever it was.
        const isHarmless = isUnclear(error) ? again !== 'unsafe' : statusOf(error) === 429
        if (!isHarmless || !(await mayTryAgain(error, attempt))) throw error
      }
    }
  }

  return {
    signal,
    get request() {
      return request
    },
    send,
    sendRaw({ method, path, body }) {
      request = { method, url: `${baseUrl}${path}` }
      return sender.send({ line: request, body, attempt: 1 }, signal)
    },
    mayTryAgain,
  }
}

/** Nobody listens there; nothing was sent. */
function isRefused(error: unknown): boolean {
  return error instanceof ConnectionError && error.code === 'ECONNREFUSED'
}
