import { firstBytes, type ByteString } from '@clipflight/contract'

/** Longer bodies are kept up to here. */
export const LONGEST_BODY_BYTES = 64 * 1024

/** A body as it came or went, or the start of a long one: made into what people read when they ask. */
export interface KeptBody {
  readonly start: ByteString
  /** Of the whole. */
  readonly bytes: number
}

/** As Node and its libraries hold them. */
export type AnswerHeaders = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** One request and its answer. */
export interface Entry {
  /** Counts up; 0 until the entry is recorded. */
  number: number
  readonly id: string
  /** By the service's clock, milliseconds since 1970. */
  readonly at: number
  readonly milliseconds: number
  readonly method: string
  /** Path and query. */
  readonly url: string
  /** Null: the connection was cut instead of an answer. */
  readonly status: number | null
  readonly team: number | undefined
  readonly key: string | undefined
  readonly operation: string | undefined
  /** Names and values in turn, as they came. In entries that come out of the journal, there are no tokens in them. */
  readonly requestHeaders: readonly string[]
  readonly requestBody: KeptBody | undefined
  /** Content type of the answer; undefined when it has no body. */
  readonly answerType: string | undefined
  /** `X-Rate-Limit` of the answer. */
  readonly rateLimit: string | undefined
  /** What other headers the answer has: headers are put together when somebody looks. */
  readonly moreHeaders: AnswerHeaders | undefined
  readonly answerBody: KeptBody | undefined
  readonly why: string | undefined
  readonly fault: string | undefined
}

/** Without a copy. */
export function keepBody(body: ByteString): KeptBody {
  return { start: body.length <= LONGEST_BODY_BYTES ? body : firstBytes(body, LONGEST_BODY_BYTES), bytes: body.length }
}

/** A copy, of no more than is kept: the buffer may be a part of one that many requests share. */
export function keepBytes(body: Buffer): KeptBody {
  // Erasure: Latin-1 makes a character of each byte.
  return { start: body.toString('latin1', 0, LONGEST_BODY_BYTES) as ByteString, bytes: body.length }
}
