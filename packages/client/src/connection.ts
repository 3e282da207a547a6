import { ApiError, readProblems } from './api-error.ts'
import { APPLE_BASE_URL, readBaseUrl } from './base-url.ts'
import { ConnectionError } from './connection-error.ts'
import { openDeadline, type Deadline } from './deadline.ts'
import { exchange, type Answer } from './exchange.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import { pauseBetweenCalls, type RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'
import { backOff } from './retry-timing.ts'
import { sleep } from './sleep.ts'
import { TimeoutError } from './timeout-error.ts'
import { tokensOfKey, tokensOfProvider, type Tokens } from './tokens.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

export interface ApiRequest {
  readonly method: RequestLine['method']
  /** Path and query, from `/v1` on. */
  readonly path: string
  readonly body?: object
  /**
   * What may be done when nobody knows whether the request arrived: sending it again changes nothing more
   * (`harmless`), or finds nothing left to do (`until gone`), or must not be done blindly (`unsafe`).
   */
  readonly again: 'harmless' | 'until gone' | 'unsafe'
}

/** One call of the client's: requests that share a deadline and a signal. */
export interface Call {
  /** Aborted when the caller wants it, or the time is up. */
  readonly signal: AbortSignal
  /** Throws for anything but an answer that says yes, once the tries are used up. */
  send(request: ApiRequest): Promise<Answer>
  /** Waits until it is time for another try after so many; false at once when there is to be none. */
  mayTryAgain(error: unknown, tries: number): Promise<boolean>
}

export interface Connection {
  /** The last reading of any answer. */
  readonly rateLimit: RateLimit | undefined
  call<T>(options: CallOptions | undefined, run: (call: Call) => Promise<T>): Promise<T>
}

const CALL_TIMEOUT_MILLISECONDS = 120_000
const TRY_TIMEOUT_MILLISECONDS = 20_000
const LONGEST_WAIT_MILLISECONDS = 60_000
const TRIES = 4

/** Connects to one service as one caller. Nothing is sent before the first call. Throws when the options make no sense. */
export function openConnection(options: ClientOptions): Connection {
  const { now = Date.now, retry = {} } = options
  const wait = options.sleep ?? sleep
  const send = options.fetch ?? ((url, init) => fetch(url, init))
  const base = readBaseUrl(options.baseUrl ?? APPLE_BASE_URL)
  const tokens = tokensOf(options, now)
  const tries = retry.tries ?? TRIES
  const tryTimeout = retry.tryTimeoutMilliseconds ?? TRY_TIMEOUT_MILLISECONDS
  const longestWait = retry.longestWaitMilliseconds ?? LONGEST_WAIT_MILLISECONDS
  let rateLimit: RateLimit | undefined
  let nextStart = 0

  /** Holds a call back until it is its turn. */
  async function pace(signal: AbortSignal | undefined): Promise<void> {
    const pause = options.pacing === true ? pauseBetweenCalls(rateLimit) : 0
    const start = Math.max(now(), nextStart)
    nextStart = start + pause
    if (start > now()) await wait(start - now(), signal ?? new AbortController().signal)
  }

  async function sendOnce(
    line: RequestLine,
    body: object | undefined,
    token: string,
    signal: AbortSignal,
    attempt: number,
  ): Promise<Answer> {
    const startedAt = now()
    const notice = { ...line, attempt }
    options.onRequest?.(notice)
    const oneTry = openDeadline(tryTimeout, signal)
    const report = (answer: Answer | undefined, error: ConnectionError | undefined): void =>
      options.onResponse?.({
        ...notice,
        status: answer?.status,
        error,
        requestId: answer?.requestId,
        rateLimit: answer?.rateLimit,
        durationMilliseconds: now() - startedAt,
      })
    let answer: Answer
    try {
      const text = body === undefined ? undefined : JSON.stringify(body)
      answer = await exchange({
        request: line,
        body: text,
        token,
        userAgent: options.userAgent,
        fetch: send,
        now,
        signal: oneTry.signal,
      })
    } catch (thrown) {
      const error = oneTry.isElapsed(thrown)
        ? new ConnectionError(line, `none came within ${tryTimeout} ms`, 'TIMED_OUT')
        : thrown
      if (error instanceof ConnectionError) report(undefined, error)
      throw error
    } finally {
      oneTry.close()
    }
    rateLimit = answer.rateLimit ?? rateLimit
    report(answer, undefined)
    return answer
  }

  /** Sends with a token; once more with a fresh one, when it is refused: Apple's service refuses good ones at times (evidence 2.3). */
  async function sendAuthorized(line: RequestLine, body: object | undefined, signal: AbortSignal, attempt: number) {
    const token = await unlessAborted(tokens.current(), signal)
    const answer = await sendOnce(line, body, token, signal, attempt)
    if (answer.status !== 401) return answer
    tokens.discard(token)
    return sendOnce(line, body, await unlessAborted(tokens.current(), signal), signal, attempt)
  }

  function openCall(deadline: Deadline, lines: RequestLine[]): Call {
    async function mayTryAgain(error: unknown, used: number): Promise<boolean> {
      const asked =
        error instanceof ApiError || error instanceof UnexpectedAnswerError ? error.retryAfterMilliseconds : undefined
      const milliseconds = asked ?? backOff(used)
      if (used >= tries || milliseconds > longestWait) return false
      await wait(milliseconds, deadline.signal)
      return true
    }

    async function sendRequest({ method, path, body, again }: ApiRequest): Promise<Answer> {
      const line: RequestLine = { method, url: `${base}${path}` }
      lines.push(line)
      let isUnclear = false
      for (let used = 1; ; used++) {
        try {
          const answer = await sendAuthorized(line, body, deadline.signal, used)
          if (answer.status === 404 && isUnclear && again === 'until gone') return answer
          return accepted(answer)
        } catch (error) {
          isUnclear ||= mayHaveArrived(error)
          const isWorthIt = mayHaveArrived(error) ? again !== 'unsafe' : statusOf(error) === 429
          if (!isWorthIt || !(await mayTryAgain(error, used))) throw error
        }
      }
    }

    return { signal: deadline.signal, send: sendRequest, mayTryAgain }
  }

  return {
    get rateLimit() {
      return rateLimit
    },
    async call(callOptions, run) {
      const { signal, timeoutMilliseconds = options.timeoutMilliseconds ?? CALL_TIMEOUT_MILLISECONDS } =
        callOptions ?? {}
      signal?.throwIfAborted()
      await pace(signal)
      const deadline = openDeadline(timeoutMilliseconds, signal)
      const lines: RequestLine[] = []
      try {
        return await run(openCall(deadline, lines))
      } catch (error) {
        throw deadline.isElapsed(error) ? new TimeoutError(lines.at(-1), timeoutMilliseconds) : error
      } finally {
        deadline.close()
      }
    },
  }
}

function tokensOf(options: ClientOptions, now: () => number): Tokens {
  if ('token' in options) return tokensOfProvider(options.token)
  const { keyId, privateKey } = options
  const issuer = options.individual === true ? 'user' : options.issuerId
  for (const [name, value] of Object.entries({ keyId, privateKey, issuerId: issuer })) {
    // A variable of the environment that is not set is found here, and not by a 401.
    if (value === undefined || value === '') throw new TypeError(`The client needs '${name}'.`)
  }
  return tokensOfKey(options, now)
}

/** Statuses after which another try may do better. Of a write, nobody knows whether it was done. */
const UNCLEAR_STATUSES: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504])

/** Whether a request may have arrived although there is no answer that says so. */
export function mayHaveArrived(error: unknown): boolean {
  return error instanceof ConnectionError || UNCLEAR_STATUSES.has(statusOf(error))
}

/** The status that the service refused a request with; undefined for any other failure. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ApiError || error instanceof UnexpectedAnswerError ? error.status : undefined
}

/** Only answers of the API that say yes come back from here. */
function accepted(answer: Answer): Answer {
  const { status, text, json } = answer
  if (status >= 200 && status < 300) {
    if (text === '' || json !== undefined) return answer
    throw new UnexpectedAnswerError(answer, 'is no JSON')
  }
  if (status < 400) throw new UnexpectedAnswerError(answer, 'would lead the token elsewhere, and is not followed')
  const problems = readProblems(json)
  throw problems.length > 0
    ? new ApiError(answer, problems)
    : new UnexpectedAnswerError(answer, "is none of the API's errors")
}

/** What the promise comes to, or the reason of the signal, whichever is first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
