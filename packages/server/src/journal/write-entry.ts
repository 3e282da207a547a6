import type { LoggedRequest } from '@clipflight/control'
import type { AnswerHeaders, Entry, KeptBody } from './entry.ts'
import { redact, REDACTED, secretsIn } from '../secrets.ts'
import { loggedPath, loggedQuery, readable, withoutSecrets } from './logged-url.ts'

/** The entry as people and programs read it. */
export function writeEntry(entry: Entry): LoggedRequest {
  const { team, key, operation, requestBody, answerBody, why, fault } = entry
  const secrets = secretsIn(readable([entry.url, ...entry.requestHeaders].join('\n')))
  const [request, answer] = [requestBody, answerBody].map((body) => body && writeBody(body, secrets))
  return {
    number: entry.number,
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    milliseconds: Math.round(entry.milliseconds * 1000) / 1000,
    method: entry.method,
    path: pathOf(entry),
    query: loggedQuery(entry.url),
    status: entry.status,
    ...(team === undefined ? {} : { team }),
    ...(key === undefined ? {} : { key }),
    ...(operation === undefined ? {} : { operation }),
    requestHeaders: gather(entry.requestHeaders.map(withoutSecrets)),
    ...(request === undefined ? {} : { requestBody: request }),
    answerHeaders: entry.status === null ? {} : writeHeaders(answerHeadersOf(entry)),
    ...(answer === undefined ? {} : { answerBody: answer }),
    problems: entry.status !== null && entry.status >= 400 ? problemsIn(answer?.text) : [],
    ...(why === undefined ? {} : { why: redact(why) }),
    ...(fault === undefined ? {} : { fault }),
  }
}

/** Made when somebody looks: requests themselves go without the time that it takes. */
export function pathOf({ url }: Entry): string {
  return loggedPath(url)
}

function answerHeadersOf({ id, rateLimit, answerType, moreHeaders }: Entry): AnswerHeaders {
  return { 'x-request-id': id, 'x-rate-limit': rateLimit, 'content-type': answerType, ...moreHeaders }
}

/** What was sent where it does not belong may come back in an answer that names it. */
function writeBody({ start, bytes }: KeptBody, secrets: readonly string[]): { text: string; bytes: number } {
  const kept = Buffer.from(start, 'latin1').toString()
  return { text: secrets.reduce((text, secret) => text.replaceAll(secret, REDACTED), kept), bytes }
}

/** A header that was sent more than once has a list. */
function gather(headers: readonly string[]): LoggedRequest['requestHeaders'] {
  const gathered = new Map<string, string | string[]>()
  for (let at = 0; at + 1 < headers.length; at += 2) {
    const [name = '', value = ''] = headers.slice(at, at + 2)
    const known = gathered.get(name.toLowerCase())
    if (known === undefined) gathered.set(name.toLowerCase(), value)
    else if (typeof known === 'string') gathered.set(name.toLowerCase(), [known, value])
    else known.push(value)
  }
  return Object.fromEntries(gathered)
}

function writeHeaders(headers: AnswerHeaders): LoggedRequest['requestHeaders'] {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      if (value === undefined) return []
      return [[name, typeof value === 'object' ? [...value] : String(value)] as const]
    }),
  )
}

/** What an answer says is wrong, where it is errors in JSON. */
function problemsIn(text = ''): LoggedRequest['problems'] {
  try {
    const document: unknown = JSON.parse(text)
    const errors = typeof document === 'object' && document !== null && 'errors' in document ? document.errors : []
    return Array.isArray(errors) ? errors.flatMap(toProblem) : []
  } catch {
    // A page of a gateway, or the beginning of a long answer.
    return []
  }
}

function toProblem(error: unknown): LoggedRequest['problems'] {
  if (typeof error !== 'object' || error === null || !('code' in error)) return []
  const detail = 'detail' in error ? { detail: String(error.detail) } : {}
  return [{ code: String(error.code), ...detail }]
}
