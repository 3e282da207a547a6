import { ConnectionError } from './connection-error.ts'
import { openDeadline } from './deadline.ts'
import { exchange, type Answer, type Fetch } from './exchange.ts'
import type { Identity, Proof } from './identity.ts'
import type { ConnectionOptions } from './options.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'

/** A request that is ready to be sent, for the so-manieth time. */
export interface Sending {
  readonly line: RequestLine
  readonly body: string | undefined
  readonly attempt: number
}

/** Sends requests as one caller, and remembers what the answers say of the caller's budget. */
export interface Sender {
  readonly rateLimit: RateLimit | undefined
  /** Whatever the service answers. Throws `ConnectionError`, or the reason of the signal. */
  send(sending: Sending, signal: AbortSignal): Promise<Answer>
}

export interface SenderParts extends Pick<ConnectionOptions, 'onRequest' | 'onResponse' | 'userAgent'> {
  readonly identity: Identity
  readonly fetch: Fetch
  readonly now: () => number
  readonly tryTimeoutMilliseconds: number
}

export function createSender({
  identity,
  tryTimeoutMilliseconds,
  onRequest,
  onResponse,
  ...parts
}: SenderParts): Sender {
  let rateLimit: RateLimit | undefined

  async function sendOnce({ line, body, attempt }: Sending, proof: Proof, signal: AbortSignal): Promise<Answer> {
    const startedAt = parts.now()
    const report = (answer: Answer | undefined, error: unknown): void =>
      onResponse?.({
        ...line,
        attempt,
        status: answer?.status,
        error,
        requestId: answer?.requestId,
        rateLimit: answer?.rateLimit,
        durationMilliseconds: parts.now() - startedAt,
      })
    onRequest?.({ ...line, attempt })
    const deadline = openDeadline(tryTimeoutMilliseconds, signal)
    let answer: Answer
    try {
      answer = await exchange({ ...parts, request: line, body, proof, signal: deadline.signal })
    } catch (thrown) {
      const error = deadline.isElapsed(thrown)
        ? new ConnectionError(line, `none within ${tryTimeoutMilliseconds} ms`, 'TIMED_OUT')
        : thrown
      report(undefined, error)
      throw error
    } finally {
      deadline.close()
    }
    rateLimit = answer.rateLimit ?? rateLimit
    report(answer, undefined)
    return answer
  }

  return {
    get rateLimit() {
      return rateLimit
    },
    async send(sending, signal) {
      const proof = await unlessAborted(identity.current(), signal)
      const answer = await sendOnce(sending, proof, signal)
      // Apple's service refuses good tokens at times, and all of a clock that is wrong; a fresh one is tried once.
      if (answer.status !== 401 || !identity.discard(proof, answer.date)) return answer
      return sendOnce(sending, await unlessAborted(identity.current(), signal), signal)
    },
  }
}

/** What the promise comes to, or the reason of the signal, whichever is first. */
function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    void promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
