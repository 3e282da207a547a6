import type { Answer } from './exchange.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'

const EXCERPT_LENGTH = 200

/** The answer is none of the API's: a gateway's HTML, a redirect, a document of another form. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  readonly request: RequestLine
  readonly status: number
  /** What is wrong with it, to follow on `something that`. */
  readonly complaint: string
  readonly contentType: string | undefined
  /** How the answer begins. */
  readonly excerpt: string
  readonly requestId: string | undefined
  readonly rateLimit: RateLimit | undefined
  /** How long to wait before another try, where the answer said so. */
  readonly retryAfterMilliseconds: number | undefined

  constructor(answer: Answer, complaint: string) {
    const { request, status, contentType } = answer
    super(
      `${request.method} ${request.url} was answered ${status} with something that ${complaint} (${contentType ?? 'no content type'}).`,
    )
    this.request = request
    this.status = status
    this.complaint = complaint
    this.contentType = contentType
    this.excerpt = answer.text.slice(0, EXCERPT_LENGTH)
    this.requestId = answer.requestId
    this.rateLimit = answer.rateLimit
    this.retryAfterMilliseconds = answer.retryAfterMilliseconds
  }
}
