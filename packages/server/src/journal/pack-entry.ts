import type { IncomingHttpHeaders } from 'node:http'
import type { AnswerHeaders, Entry } from './entry.ts'

/** No field has it: the parser of HTTP refuses it in URLs and headers, and the rest is made here. */
const END = '\n'

/** Node has these, and no others, as lists. */
const LISTED = 'set-cookie'

/** What every entry has, as text without characters beyond Latin-1: nothing else comes out of a request's head. */
export function packHead(entry: Entry): string {
  const { id, method, url, key = '', operation = '', rateLimit = '', answerType = '', requestHeaders } = entry
  let text = `${id}\n${method}\n${url}\n${key}\n${operation}\n${rateLimit}\n${answerType}\n`
  // Not by entries or keys: those make lists, with every request.
  for (const name in requestHeaders) {
    const value = requestHeaders[name]
    if (typeof value === 'string') text += name + END + value + END
    else for (const each of value ?? []) text += name + END + each + END
  }
  return text
}

/** What few entries have, in JSON; undefined for those that have nothing of it. */
export function packRest({ moreHeaders, why, fault }: Entry): string | undefined {
  if (moreHeaders === undefined && why === undefined && fault === undefined) return undefined
  return JSON.stringify({ moreHeaders, why, fault })
}

type Head = Pick<Entry, 'id' | 'method' | 'url' | 'key' | 'operation' | 'rateLimit' | 'answerType' | 'requestHeaders'>

/** What `packHead` was given. */
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
    requestHeaders: unpackHeaders(headers),
  }
}

function unpackHeaders(parts: readonly string[]): IncomingHttpHeaders {
  const headers: IncomingHttpHeaders = {}
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [name = '', value = ''] = parts.slice(at, at + 2)
    if (name === LISTED) headers[LISTED] = [...(headers[LISTED] ?? []), value]
    else headers[name] = value
  }
  return headers
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
