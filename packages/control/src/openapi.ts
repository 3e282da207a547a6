import { TEAM_HEADER } from '@clipflight/contract'
import type { TObject, TSchema } from 'typebox'
import { CONTROL_PATH } from './control-path.ts'
import type { Operation } from './operation.ts'
import { operationNamed, operationNames } from './operations.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

type Json = { readonly [name: string]: unknown }

const PROBLEMS: Json = {
  type: 'object',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['status', 'code', 'title'],
        properties: {
          id: { type: 'string' },
          status: { type: 'string' },
          code: { type: 'string' },
          title: { type: 'string' },
          detail: { type: 'string' },
          source: {
            type: 'object',
            properties: { pointer: { type: 'string' }, parameter: { type: 'string' } },
          },
        },
      },
    },
  },
}

/** The control API as an OpenAPI 3.1 document. */
export function controlDocument(version: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  for (const name of operationNames) {
    const operation = operationNamed(name)
    const path = `${CONTROL_PATH}${operation.path}`
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: writeOperation(name, operation) }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Clipflight control API',
      version,
      description: 'Teams, builds, snapshots, faults, the clock and the request log of a Clipflight sandbox.',
    },
    security: [{ adminToken: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problems: PROBLEMS },
      securitySchemes: {
        adminToken: { type: 'http', scheme: 'bearer', description: '`adminToken` of credentials.json.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: SESSION_COOKIE,
          description: `Of \`signIn\`. It opens nothing without the header ${TEAM_HEADER}: the number of a team, or none. Sessions of keys open what is not for admins only.`,
        },
      },
    },
  }
}

function writeOperation(name: string, operation: Operation): Json {
  const { summary, params, query, body, status } = operation
  const parameters = [...parametersOf(params, 'path'), ...parametersOf(query, 'query')]
  return {
    operationId: name,
    summary,
    ...(operation.access === 'anyone' ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: isNeeded(body), content: { 'application/json': { schema: body } } } }),
    responses: {
      [status]: writeAnswer(operation),
      default: {
        description: 'What is wrong with the request. Nothing was changed.',
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Problems' } } },
      },
    },
  }
}

function isNeeded(schema: TObject): boolean {
  const { required = [], minProperties = 0 }: { required?: readonly string[]; minProperties?: number } = schema
  return required.length > 0 || minProperties > 0
}

function parametersOf(schema: TObject | undefined, place: 'path' | 'query'): readonly Json[] {
  if (schema === undefined) return []
  const { properties, required = [] }: { properties: Readonly<Record<string, TSchema>>; required?: readonly string[] } =
    schema
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: each,
  }))
}

const MEDIA_TYPES = { yaml: 'application/yaml', events: 'text/event-stream', json: 'application/json' } as const

function writeAnswer({ answer, form }: Operation): Json {
  if (answer === undefined) return { description: 'Done.' }
  // Each event is one request: what the stream is made of, as text.
  const schema = form === 'events' ? { type: 'string', contentSchema: answer } : answer
  return { description: 'The answer.', content: { [MEDIA_TYPES[form ?? 'json']]: { schema } } }
}
