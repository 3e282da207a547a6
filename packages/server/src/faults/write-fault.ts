import { CODES, toByteString, type ByteString } from '@clipflight/contract'
import type { FaultAnswer } from '@clipflight/control'

/** The answer of a fault, ready to be sent. */
export interface WrittenFault {
  readonly status: number
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: ByteString
}

const titles: ReadonlyMap<string, string> = new Map(Object.entries(CODES).map(([code, { title }]) => [code, title]))

/** The answer as the rule says it, with the title of its code where it says none. */
export function writeFault(answer: FaultAnswer, requestId: string): WrittenFault {
  const headers = Object.fromEntries(
    Object.entries(answer.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const { status, code = 'UNEXPECTED_ERROR', title = titles.get(code) ?? code, detail, source, links, meta } = answer
  if (answer.html !== undefined) {
    return { status, type: headers['content-type'] ?? 'text/html', headers, body: toByteString(answer.html) }
  }
  const error = {
    // Apple sends none with a 401: evidence 5.1 no. 1.
    ...(status === 401 ? {} : { id: requestId }),
    status: String(status),
    code,
    title,
    ...(typeof detail === 'string' ? { detail } : {}),
    ...(source === undefined ? {} : { source }),
    ...(links === undefined ? {} : { links }),
    ...(meta === undefined ? {} : { meta }),
  }
  const type = headers['content-type'] ?? 'application/json'
  return { status, type, headers, body: toByteString(JSON.stringify({ errors: [error] })) }
}
