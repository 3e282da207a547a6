import { toByteString, type ByteString } from '@clipflight/contract'
import { REDACTED } from '../secrets.ts'
import type { Entry } from './entry.ts'

/** No field has it: the parser of HTTP refuses it in URLs and headers, and the rest is made here. */
const END = '\n'

/** Headers whose values are tokens. */
const SECRET = new Set(['authorization', 'proxy-authorization', 'cookie'])

/**
 * Makes what requests of one client have in common, but for tokens, into text without characters beyond Latin-1: nothing
 * else comes out of a request's head. It is the very same text while nothing of it changes: to compare takes a third of
 * the time that it takes to put it together (measured), and it needs to be kept but once.
 */
export function createSharedPacker(): (entry: Entry) => string {
  let latest: Pick<Entry, 'method' | 'key' | 'operation' | 'answerType' | 'requestHeaders'> | undefined
  let shared = ''
  return ({ method, key, operation, answerType, requestHeaders }) => {
    const isAsLatest =
      latest?.method === method &&
      latest.key === key &&
      latest.operation === operation &&
      latest.answerType === answerType &&
      areEqual(latest.requestHeaders, requestHeaders)
    if (!isAsLatest) {
      latest = { method, key, operation, answerType, requestHeaders }
      const headers = requestHeaders.map((text, at) => (isSecret(requestHeaders, at) ? REDACTED : text))
      shared = [method, key ?? '', operation ?? '', answerType ?? '', ...headers].join(END)
    }
    return shared
  }
}

function areEqual(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false
  for (let at = 0; at < some.length; at += 1) if (some[at] !== others[at]) return false
  return true
}

/** Names and values take turns. */
function isSecret(headers: readonly string[], at: number): boolean {
  return at % 2 === 1 && SECRET.has(headers[at - 1]?.toLowerCase() ?? '')
}

/** What few entries have, in JSON; undefined for those that have nothing of it. */
export function packRest({ moreHeaders, why, fault }: Entry): ByteString | undefined {
  if (moreHeaders === undefined && why === undefined && fault === undefined) return undefined
  return toByteString(JSON.stringify({ moreHeaders, why, fault }))
}

type Shared = Pick<Entry, 'method' | 'key' | 'operation' | 'answerType' | 'requestHeaders'>

/** What was packed. */
export function unpackShared(text: string): Shared {
  const [method = '', key, operation, answerType, ...requestHeaders] = text.split(END)
  return {
    method,
    key: key || undefined,
    operation: operation || undefined,
    answerType: answerType || undefined,
    requestHeaders,
  }
}

/** What `packRest` was given; of an empty text, nothing. */
export function unpackRest(text: string): Pick<Entry, 'moreHeaders' | 'why' | 'fault'> {
  // Erasure: the text is what was written here.
  const { moreHeaders, why, fault } = (text === '' ? {} : JSON.parse(text)) as Partial<Entry>
  return { moreHeaders, why, fault }
}
