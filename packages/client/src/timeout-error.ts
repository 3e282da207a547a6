import type { RequestLine } from './request-line.ts'

/** The time for a call ran out, with all its tries. A write may have arrived nevertheless. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError'
  /** The write, also when what became of it was being looked up; undefined when nothing had been sent yet. */
  readonly request: RequestLine | undefined
  readonly timeoutMilliseconds: number

  constructor(request: RequestLine | undefined, timeoutMilliseconds: number) {
    const what = request === undefined ? 'The call' : `${request.method} ${request.url}`
    super(`${what} was not done within ${timeoutMilliseconds} ms.`)
    this.request = request
    this.timeoutMilliseconds = timeoutMilliseconds
  }
}
