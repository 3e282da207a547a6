import type { JsonSchema } from '../kinds.ts'
import { EXAMPLE_PROBLEMS } from '../openapi-notes.ts'
import { CODES, writeErrors } from '../problem.ts'
import type { RouteKind } from '../routes.ts'
import { ANSWER_HEADERS, contentOf } from './content.ts'

/** Refusals by their names under `components.responses`, in Apple's words. */
const DESCRIPTIONS = {
  ParameterError: 'Parameter error(s)',
  UnauthorizedError: 'Unauthorized error(s)',
  ForbiddenError: 'Forbidden error',
  NotFoundError: 'Not found error',
  EntityError: 'Request entity error(s)',
  UnprocessableEntityError: 'Unprocessable request entity error(s)',
  RateLimitError: 'Rate limit exceeded error',
} as const satisfies Record<keyof typeof EXAMPLE_PROBLEMS, string>

type Refusal = keyof typeof DESCRIPTIONS

const REFUSALS: readonly Refusal[] = [
  'ParameterError',
  'UnauthorizedError',
  'ForbiddenError',
  'NotFoundError',
  'EntityError',
  'UnprocessableEntityError',
  'RateLimitError',
]

/** What Apple's document lists an operation without: nothing to be missed, or no body to be wrong. */
const NEVER: Readonly<Record<RouteKind, readonly Refusal[]>> = {
  list: ['NotFoundError', 'EntityError', 'UnprocessableEntityError'],
  get: ['EntityError', 'UnprocessableEntityError'],
  create: ['NotFoundError'],
  update: [],
  delete: ['EntityError', 'UnprocessableEntityError'],
  related: ['EntityError', 'UnprocessableEntityError'],
  linkage: ['EntityError', 'UnprocessableEntityError'],
  'add links': [],
  'remove links': [],
}

/** The refusals of an operation by status, each where the components have it. */
export function refusalsOf(kind: RouteKind): JsonSchema {
  const refusals = REFUSALS.filter((refusal) => !NEVER[kind].includes(refusal))
  return Object.fromEntries(
    refusals.map((refusal) => [
      String(CODES[EXAMPLE_PROBLEMS[refusal].code].status),
      { $ref: `#/components/responses/${refusal}` },
    ]),
  )
}

const REQUEST_ID = 'b91d85c7-b7db-4451-8f3f-9a3c8af9a392'

/** Every refusal by name, with an example. */
export function refusalComponents(): JsonSchema {
  return Object.fromEntries(
    REFUSALS.map((refusal) => {
      const example = writeErrors([EXAMPLE_PROBLEMS[refusal]], () => REQUEST_ID)
      const content = contentOf('ErrorResponse', example)
      return [refusal, { description: DESCRIPTIONS[refusal], headers: ANSWER_HEADERS, content }]
    }),
  )
}
