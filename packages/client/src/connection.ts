import { APPLE_BASE_URL, readBaseUrl } from './base-url.ts'
import { openCall, type Call } from './call.ts'
import { openDeadline } from './deadline.ts'
import { identityOfSession, identityOfTokens, type Identity } from './identity.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import { pauseBetweenCalls, type RateLimit } from './rate-limit.ts'
import { createSender } from './sender.ts'
import { sleep as sleepByTimer } from './sleep.ts'
import { TimeoutError } from './timeout-error.ts'
import { tokensOfKey, tokensOfProvider } from './tokens.ts'

/** One service, as one caller. */
export interface Connection {
  /** The last reading that an answer came with. */
  readonly rateLimit: RateLimit | undefined
  /** Runs one call of the client's. Throws `TimeoutError` when its time is up, and the signal's reason when aborted. */
  call<T>(options: CallOptions | undefined, run: (call: Call) => Promise<T>): Promise<T>
}

const CALL_TIMEOUT_MILLISECONDS = 120_000
const TRY_TIMEOUT_MILLISECONDS = 20_000
const LONGEST_WAIT_MILLISECONDS = 60_000
const TRIES = 4

/** Sends nothing before the first call. Throws when the options make no sense, or would put the token at risk. */
export function openConnection(options: ClientOptions): Connection {
  const { now = Date.now, sleep = sleepByTimer, retry = {} } = options
  const sender = createSender({
    identity: identityOf(options, now),
    fetch: options.fetch ?? ((url, init) => fetch(url, init)),
    now,
    tryTimeoutMilliseconds: retry.tryTimeoutMilliseconds ?? TRY_TIMEOUT_MILLISECONDS,
    onRequest: options.onRequest,
    onResponse: options.onResponse,
    userAgent: options.userAgent,
  })
  const parts = {
    sender,
    baseUrl: readBaseUrl(options.baseUrl ?? APPLE_BASE_URL, { sendsTokens: !('session' in options) }),
    tries: retry.tries ?? TRIES,
    waitsForListener: retry.connectionRefused ?? true,
    longestWaitMilliseconds: retry.longestWaitMilliseconds ?? LONGEST_WAIT_MILLISECONDS,
    now,
    sleep,
  }

  let lastStart = Number.NEGATIVE_INFINITY
  /** Holds a call back until it is its turn. */
  async function pace(signal: AbortSignal): Promise<void> {
    lastStart = Math.max(now(), lastStart + pauseBetweenCalls(sender.rateLimit))
    const milliseconds = lastStart - now()
    if (milliseconds > 0) await sleep(milliseconds, signal)
  }

  return {
    get rateLimit() {
      return sender.rateLimit
    },
    async call(callOptions = {}, run) {
      const { signal = new AbortController().signal } = callOptions
      signal.throwIfAborted()
      if (options.pacing === true) await pace(signal)
      const timeoutMilliseconds =
        callOptions.timeoutMilliseconds ?? options.timeoutMilliseconds ?? CALL_TIMEOUT_MILLISECONDS
      const deadline = openDeadline(timeoutMilliseconds, signal)
      const endsAt = now() + timeoutMilliseconds
      const call = openCall({ ...parts, signal: deadline.signal, endsAt })
      try {
        return await run(call)
      } catch (error) {
        throw deadline.isElapsed(error) ? new TimeoutError(call.request, timeoutMilliseconds) : error
      } finally {
        deadline.close()
      }
    },
  }
}

function identityOf(options: ClientOptions, now: () => number): Identity {
  if ('session' in options) return identityOfSession(options.session)
  if ('token' in options) return identityOfTokens(tokensOfProvider(options.token))
  const { keyId, privateKey } = options
  const needed = options.individual === true ? { keyId, privateKey } : { keyId, privateKey, issuerId: options.issuerId }
  for (const [name, value] of Object.entries(needed)) {
    // Found here rather than by a 401: a variable of the environment that is not set.
    if (value === undefined || value === '') throw new TypeError(`The client needs '${name}'.`)
  }
  return identityOfTokens(tokensOfKey(options, now))
}
