import { ApiError, readProblems } from './api-error.ts'
import { ConnectionError } from './connection-error.ts'
import { LONGEST_ANSWER_BYTES, type Answer } from './exchange.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

/** Hands an answer back that says yes, as the API does. Throws `ApiError` or `UnexpectedAnswerError` for any other. */
export function accept(answer: Answer): Answer {
  const { status, text, json, isWhole } = answer
  if (!isWhole) throw new UnexpectedAnswerError(answer, `is longer than ${LONGEST_ANSWER_BYTES} bytes`)
  if (status >= 200 && status < 300) {
    if (text === '' || json !== undefined) return answer
    throw new UnexpectedAnswerError(answer, 'is no JSON')
  }
  // Browsers and their like answer 0 for a redirect that is not followed.
  if (status < 400) throw new UnexpectedAnswerError(answer, 'would lead the token elsewhere, and is not followed')
  const problems = readProblems(json)
  if (problems.length === 0) throw new UnexpectedAnswerError(answer, "is none of the API's errors")
  throw new ApiError(answer, problems)
}

/** The status that a failure came with; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return isAnswered(error) ? error.status : undefined
}

/** How long the answer behind a failure asked to wait, in milliseconds. */
export function retryAfterOf(error: unknown): number | undefined {
  return isAnswered(error) ? error.retryAfterMilliseconds : undefined
}

function isAnswered(error: unknown): error is ApiError | UnexpectedAnswerError {
  return error instanceof ApiError || error instanceof UnexpectedAnswerError
}

const UNCLEAR_STATUSES: ReadonlySet<number | undefined> = new Set([500, 502, 503, 504])

/** Whether nobody knows if the request was carried out: there is no answer, or the service or a gateway stumbled. */
export function isUnclear(error: unknown): boolean {
  return error instanceof ConnectionError || UNCLEAR_STATUSES.has(statusOf(error))
}
