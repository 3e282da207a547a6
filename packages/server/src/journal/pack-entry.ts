import type { AnswerHeaders, Entry } from './entry.ts'

/** No field has it: the parser of HTTP refuses it in URLs and headers, and the rest is made here. */
const END = '\n'

/** What is written in the place of a token. */
const REDACTED = '[redacted]'

/** Headers whose values are tokens. */
const SECRET = new Set(['authorization', 'proxy-authorization', 'cookie'])

/**
 * Makes what every entry has, but for tokens, into text without characters beyond Latin-1: nothing else comes out of a
 * request's head. Clients send the same headers again and again: to compare them takes a third of the time that it
 * takes to put them together (measured).
 */
export function createHeadPacker(): (entry: Entry) => string {
  let latest: readonly string[] = []
  let latestText = ''
  return ({ id, method, url, key = '', operation = '', rateLimit = '', answerType = '', requestHeaders }) => {
    if (!areEqual(requestHeaders, latest)) {
      latest = requestHeaders
      latestText = requestHeaders.map((text, at) => (isSecret(requestHeaders, at) ? REDACTED : text)).join(END)
    }
    return `${id}\n${method}\n${url}\n${key}\n${operation}\n${rateLimit}\n${answerType}\n${latestText}`
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
export function packRest({ moreHeaders, why, fault }: Entry): string | undefined {
  if (moreHeaders === undefined && why === undefined && fault === undefined) return undefined
  return JSON.stringify({ moreHeaders, why, fault })
}

type Head = Pick<Entry, 'id' | 'method' | 'url' | 'key' | 'operation' | 'rateLimit' | 'answerType' | 'requestHeaders'>

/** What was packed. */
export function unpackHead(text: string): Head {
  const [id = '', method = '', url = '', key, operation, rateLimit, answerType, ...headers] = text.split(END)
  return {
    id,
    method,
    url,
    key: key || undefined,
    operation: operation || undefined,
    rateLimit: rateLimit || undefined,
    answerType: answerType || undefined,
    requestHeaders: headers[0] === '' ? [] : headers,
  }
}

export interface Rest {
  readonly moreHeaders?: AnswerHeaders
  readonly why?: string
  readonly fault?: string
}

/** What `packRest` was given. */
export function unpackRest(text: string | undefined): Rest {
  // Erasure: the text is what was written here.
  return text === undefined ? {} : (JSON.parse(text) as Rest)
}
