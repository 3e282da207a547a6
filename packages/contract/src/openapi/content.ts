import type { JsonSchema } from '../kinds.ts'
import { refTo } from './schema.ts'

/** A JSON body of the named schema. */
export function contentOf(schema: string, example: unknown): JsonSchema {
  return { 'application/json': { schema: refTo(schema), ...(example === undefined ? {} : { example }) } }
}

function headerRef(name: string): JsonSchema {
  return { $ref: `#/components/headers/${name}` }
}

/** Headers of every answer, refusals among them. */
export const ANSWER_HEADERS: JsonSchema = {
  'X-Rate-Limit': headerRef('X-Rate-Limit'),
  'X-Request-ID': headerRef('X-Request-ID'),
}

/** Headers of the answer to a creation. */
export const CREATED_HEADERS: JsonSchema = { Location: headerRef('Location'), ...ANSWER_HEADERS }

/** The headers of answers, by name. */
export const HEADER_COMPONENTS: JsonSchema = {
  'X-Rate-Limit': {
    description:
      'Requests that the key may make per hour, and how many of them are left. Absent where nothing is limited.',
    schema: { type: 'string' },
    example: 'user-hour-lim:3500;user-hour-rem:3498;',
  },
  'X-Request-ID': {
    description: 'The id of the request; errors carry it too.',
    schema: { type: 'string' },
    example: 'b91d85c7-b7db-4451-8f3f-9a3c8af9a392',
  },
  Location: { description: 'The URL of what was created.', schema: { type: 'string', format: 'uri' } },
}
