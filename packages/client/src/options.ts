import type { SessionTeam } from '@clipflight/contract'
import type { Fetch } from './exchange.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'
import type { ApiKey } from './sign-token.ts'

/** In a page of the service itself, whoever has signed in there; the page and `baseUrl` have one origin. */
export interface SessionCredentials {
  readonly session: SessionTeam
}

/** Who the client is: the key of a team, an individual key, whoever a function's tokens prove, or a session. */
export type Credentials = ApiKey | { readonly token: () => string | Promise<string> } | SessionCredentials

/** How often, and how patiently, a call is tried. */
export interface RetryOptions {
  /** Tries of a call in total; 4 unless said, 1 for never again. */
  readonly tries?: number | undefined
  /** Whether a service that refuses connections is waited for; so unless said. */
  readonly connectionRefused?: boolean | undefined
  /** How long one try may take; 20,000 unless said. */
  readonly tryTimeoutMilliseconds?: number | undefined
  /** A longer wait than this, asked for by the service, ends the call instead; 60,000 unless said. */
  readonly longestWaitMilliseconds?: number | undefined
}

/** A request that is about to be sent. */
export interface RequestNotice extends RequestLine {
  /** Counts from 1; to send a request again with a fresh token does not count. */
  readonly attempt: number
}

/** What became of a request: a status, or the reason why there is none. */
export interface ResponseNotice extends RequestNotice {
  readonly status: number | undefined
  readonly error: unknown
  readonly requestId: string | undefined
  readonly rateLimit: RateLimit | undefined
  readonly durationMilliseconds: number
}

export interface ConnectionOptions {
  /** Where the service is; Apple's production service unless said. Https, or http on this machine or with a session. */
  readonly baseUrl?: string | undefined
  /** Longest time that a call may take, with all its tries and waits between them; 120,000 unless said. */
  readonly timeoutMilliseconds?: number | undefined
  readonly retry?: RetryOptions | undefined
  /** Holds calls back when little of the hourly budget is left; their time only begins when it is their turn. */
  readonly pacing?: boolean | undefined
  /** Called before each request. Never sees a token. */
  readonly onRequest?: ((notice: RequestNotice) => void) | undefined
  /** Called after each answer, and when there is none. Never sees a token. */
  readonly onResponse?: ((notice: ResponseNotice) => void) | undefined
  readonly userAgent?: string | undefined
  readonly fetch?: Fetch | undefined
  /** The time in milliseconds since 1970. */
  readonly now?: (() => number) | undefined
  /** Waits; rejects when the signal is aborted. */
  readonly sleep?: ((milliseconds: number, signal: AbortSignal) => Promise<void>) | undefined
}

export type ClientOptions = Credentials & ConnectionOptions

/** What may be said with every call. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** Replaces the client's. */
  readonly timeoutMilliseconds?: number | undefined
}
