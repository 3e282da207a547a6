import type { JsonSchema } from '../kinds.ts'
import { EXAMPLES } from '../openapi-notes.ts'
import { queryParametersOf } from '../query-parameters.ts'
import type { Route, RouteKind } from '../routes.ts'
import { requestBodyOf, responseBodyOf } from './bodies.ts'
import { ANSWER_HEADERS, contentOf, CREATED_HEADERS } from './content.ts'
import { writeParameter } from './parameters.ts'
import { refusalsOf } from './refusals.ts'
import { capitalized } from './schema.ts'
import { descriptionOf, summaryOf } from './words.ts'

/** The status of an operation that did what it was asked. */
const SUCCESS: Readonly<Record<RouteKind, number>> = {
  list: 200,
  get: 200,
  create: 201,
  update: 200,
  delete: 204,
  related: 200,
  linkage: 200,
  'add links': 204,
  'remove links': 204,
}

/** The tag that an operation stands under. */
export function tagOf({ resource }: Route): string {
  return capitalized(resource.type)
}

/** One route as an OpenAPI operation. */
export function operationOf(route: Route): JsonSchema {
  const { operationId, kind } = route
  const parameters = queryParametersOf(route).map(writeParameter)
  const example = Object.hasOwn(EXAMPLES, operationId) ? EXAMPLES[operationId] : undefined
  const requestBody = writeRequestBody(route, example?.request)
  return {
    tags: [tagOf(route)],
    operationId,
    summary: summaryOf(route),
    description: descriptionOf(route),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: { [String(SUCCESS[kind])]: writeAnswer(route, example?.response), ...refusalsOf(kind) },
  }
}

function writeRequestBody(route: Route, example: unknown): JsonSchema | undefined {
  const body = requestBodyOf(route)
  if (body === undefined) return undefined
  return { description: body.description, content: contentOf(body.name, example), required: true }
}

function writeAnswer(route: Route, example: unknown): JsonSchema {
  const body = responseBodyOf(route)
  const headers = route.kind === 'create' ? CREATED_HEADERS : ANSWER_HEADERS
  return body === undefined
    ? { description: 'Success (no content)', headers }
    : { description: body.description, headers, content: contentOf(body.name, example) }
}
