import { isObject } from './is-object.ts'
import type { Answer } from './exchange.ts'
import type { RateLimit } from './rate-limit.ts'
import type { RequestLine } from './request-line.ts'

/** One thing that the service found wrong with a request. */
export interface Problem {
  /** Hierarchical, such as `ENTITY_ERROR.ATTRIBUTE.INVALID`; compare by its beginning. */
  readonly code: string
  readonly title: string
  /** Missing where the service gives none. */
  readonly detail?: string
  /** Where in the request body it is, as a JSON pointer. */
  readonly pointer?: string
  /** The query parameter it is about. */
  readonly parameter?: string
  /** The path of another resource it is about, where the service names one. */
  readonly about?: string
}

/** The service refused the request, and said why. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly request: RequestLine
  readonly status: number
  /** At least one. */
  readonly problems: readonly Problem[]
  readonly requestId: string | undefined
  readonly rateLimit: RateLimit | undefined
  /** How long to wait before another try, where the answer said so. */
  readonly retryAfterMilliseconds: number | undefined

  constructor(answer: Answer, problems: readonly Problem[]) {
    const { request, status } = answer
    super(`${request.method} ${request.url} was answered ${status}: ${problems.map(inWords).join('; ')}`)
    this.request = request
    this.status = status
    this.problems = problems
    this.requestId = answer.requestId
    this.rateLimit = answer.rateLimit
    this.retryAfterMilliseconds = answer.retryAfterMilliseconds
  }
}

function inWords({ code, title, detail, pointer, parameter }: Problem): string {
  const place = pointer ?? parameter
  return `${code}: ${detail ?? title}${place === undefined ? '' : ` (${place})`}`
}

/** The problems in a refusal; none when it is not written as the API writes them. */
export function readProblems(json: unknown): Problem[] {
  const errors = isObject(json) ? json['errors'] : undefined
  return listOf(errors).flatMap((error) => [toProblem(error), ...associatedProblems(error)])
}

type Members = Readonly<Record<string, unknown>>

function listOf(value: unknown): Members[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** `meta.associatedErrors` holds lists of errors by the path of the resource that they are about. */
function associatedProblems({ meta }: Members): Problem[] {
  const associated = isObject(meta) ? meta['associatedErrors'] : undefined
  return Object.entries(isObject(associated) ? associated : {}).flatMap(([about, errors]) =>
    listOf(errors).map((error) => ({ ...toProblem(error), about })),
  )
}

function toProblem(error: Members): Problem {
  const source = isObject(error['source']) ? error['source'] : {}
  return {
    code: textOf(error['code']) ?? 'UNKNOWN',
    title: textOf(error['title']) ?? '',
    ...given('detail', error['detail']),
    ...given('pointer', source['pointer']),
    ...given('parameter', source['parameter']),
  }
}

function given(name: string, value: unknown): Members {
  const text = textOf(value)
  return text === undefined ? {} : { [name]: text }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
