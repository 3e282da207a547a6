import type { RequestLine } from './request-line.ts'

/** There was no answer, or not the whole of it. A write may have arrived nevertheless. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError'
  readonly request: RequestLine
  /** Why, in the words of the runtime. */
  readonly reason: string
  /** What the runtime calls the failure, such as `ECONNREFUSED`, where it does; that one also where it has words only. */
  readonly code: string | undefined

  // The failure itself is not kept as `cause`: runtimes put headers, and so the token, into some of them.
  constructor(request: RequestLine, reason: string, code?: string) {
    super(`${request.method} ${request.url} got no answer: ${reason}`)
    this.request = request
    this.reason = reason
    this.code = code
  }
}

/** Tells what a thrown value of `fetch` says, without the token. */
export function connectionErrorOf(request: RequestLine, thrown: unknown, token: string | undefined): ConnectionError {
  const reasons = reasonsOf(thrown)
  const code = reasons.map(({ code }) => code).findLast((one) => typeof one === 'string')
  const message = reasons.map(({ message }) => message).findLast((one) => typeof one === 'string' && one !== '')
  const reason = withoutToken(String(message ?? code ?? 'the connection failed'), token)
  return new ConnectionError(request, reason.slice(0, 500), typeof code === 'string' ? code : codeInWords(reason))
}

/** Deno gives no codes, and quotes the operating system: Unix, and Windows. */
function codeInWords(reason: string): string | undefined {
  return /connection refused|actively refused/i.test(reason) ? 'ECONNREFUSED' : undefined
}

/** The text as it may be shown. */
export function withoutToken(text: string, token: string | undefined): string {
  return token === undefined ? text : text.replaceAll(token, '[token]')
}

/** What was thrown, and what caused it: `fetch` only says that it failed, and its cause says why. */
function reasonsOf(thrown: unknown): { readonly code?: unknown; readonly message?: unknown }[] {
  const reasons: object[] = []
  for (let one = thrown; typeof one === 'object' && one !== null && reasons.length < 5;) {
    reasons.push(one)
    one = 'cause' in one ? one.cause : undefined
  }
  return reasons
}
