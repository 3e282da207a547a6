import { Type, type Static } from 'typebox'
import { LONGEST_PATH_PATTERN } from './path-pattern.ts'
import { teamNumber } from './team.ts'
import { strict } from './strict.ts'
import { MOST_LOGGED_REQUESTS } from './most-logged-requests.ts'

const headers = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]))

const body = Type.Object(
  {
    text: Type.String(),
    bytes: Type.Integer({ description: 'Of the whole body, of which the text may be the beginning.' }),
  },
  { additionalProperties: false },
)

/** A request below /v1 and its answer. Tokens are never in it. */
export const loggedRequest = strict({
  number: Type.Integer({ description: 'Counts the requests of this process.' }),
  id: Type.String({ description: 'As the answer had it in X-Request-ID.' }),
  at: Type.String({ format: 'date-time', description: "By the service's clock." }),
  milliseconds: Type.Number({ description: 'Until the answer was ready to be sent.' }),
  method: Type.String(),
  path: Type.String(),
  query: Type.String({ description: 'As it was sent, without the question mark.' }),
  status: Type.Union([Type.Integer(), Type.Null()], { description: 'Null when the connection was cut instead.' }),
  team: Type.Optional(teamNumber),
  key: Type.Optional(Type.String({ description: 'Id of the key, once its token was verified.' })),
  operation: Type.Optional(
    Type.String({ description: "Apple's name of the operation, such as builds_getCollection." }),
  ),
  requestHeaders: headers,
  requestBody: Type.Optional(body),
  answerHeaders: headers,
  answerBody: Type.Optional(body),
  problems: Type.Array(strict({ code: Type.String(), detail: Type.Optional(Type.String()) })),
  why: Type.Optional(
    Type.String({ description: 'What the answer does not say: why a token was refused, which fault struck.' }),
  ),
  fault: Type.Optional(Type.String({ description: 'Id of the fault that struck.' })),
})
export type LoggedRequest = Static<typeof loggedRequest>

/** Which requests to show; those that fulfil all of it. */
export const requestQuery = strict({
  path: Type.Optional(
    Type.String({
      maxLength: LONGEST_PATH_PATTERN,
      description: 'With * for a part between slashes and ** for any number of them.',
    }),
  ),
  method: Type.Optional(Type.String()),
  status: Type.Optional(
    Type.String({ pattern: '^[1-5](\\d\\d|xx)$', description: 'a status such as 404, or 4xx for all of a kind.' }),
  ),
  key: Type.Optional(Type.String()),
  team: Type.Optional(teamNumber),
  since: Type.Optional(Type.String({ format: 'date-time' })),
  until: Type.Optional(Type.String({ format: 'date-time' })),
})

/** The same, of those that are there already. */
export const requestSearch = strict({
  ...requestQuery.properties,
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: MOST_LOGGED_REQUESTS, description: 'Of the latest; 100 when left out.' }),
  ),
})
export type RequestQuery = Static<typeof requestQuery>
export type RequestSearch = Static<typeof requestSearch>
