import { refuse } from '@clipflight/contract'
import {
  CONTROL_PATH,
  matchOperation,
  operationNamed,
  type ConsoleOperationName,
  type OperationName,
} from '@clipflight/control'
import type { FastifyRequest } from 'fastify'
import type { Authority } from './authority.ts'
import { controlOperations } from './operations.ts'

/** What a request asks for. */
export interface Asked {
  readonly name: OperationName
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** Bodies of operations that are not for admins only; none of theirs comes near. */
const LONGEST_BODY_BYTES = 64 * 1024

export function isOfConsole(name: OperationName): name is ConsoleOperationName {
  return name !== 'followRequests' && !Object.hasOwn(controlOperations, name)
}

/**
 * The operation that a request asks for. `authorityOf` is asked unless anybody may. Refuses with 401, 403, 404, 405, 413;
 * who is nobody does not learn which operations there are.
 */
export async function admit(
  request: FastifyRequest,
  authorityOf: () => Promise<Authority | undefined>,
  { hasConsole }: { readonly hasConsole: boolean },
): Promise<{ readonly asked: Asked; readonly authority: Authority | undefined }> {
  const { method, url } = request
  const [path = '', query = ''] = url.slice(CONTROL_PATH.length).split(/\?(.*)/s)
  const matched = matchOperation(method, path)
  const found =
    matched !== undefined && 'name' in matched && isOfConsole(matched.name) && !hasConsole ? undefined : matched
  const { access = 'admin' } = found !== undefined && 'name' in found ? operationNamed(found.name) : {}
  const authority = access === 'anyone' ? undefined : await authorityOf()
  if (access !== 'anyone' && authority === undefined) refuseNobody(access === 'session')
  if (access === 'admin' && authority?.kind !== 'admin') {
    refuse({ code: 'FORBIDDEN_ERROR', detail: 'That is for admins: it takes the admin token, or its session.' })
  }
  if (found === undefined) {
    refuse({
      code: 'NOT_FOUND',
      detail: `The control API has no '${path}': ${CONTROL_PATH}/openapi.json says what it has.`,
    })
  }
  if ('methods' in found) {
    refuse({ code: 'METHOD_NOT_ALLOWED', detail: `'${path}' takes ${found.methods.join(', ')} and not ${method}.` })
  }
  if (access !== 'admin') refuseLarge(request)
  if (authority?.kind === 'key') refuseOtherTeam(authority, found.params)
  return { asked: { ...found, query: new URLSearchParams(query) }, authority }
}

function refuseNobody(mayHaveSession: boolean): never {
  refuse({
    code: 'NOT_AUTHORIZED',
    detail: mayHaveSession
      ? 'Nobody has signed in here, or the session has ended. The admin token will do, too.'
      : "The control API asks for the admin token: `adminToken` of credentials.json, as 'Authorization: Bearer …'. Tokens of App Store Connect keys do not open it.",
  })
}

function refuseOtherTeam({ team }: Authority, params: Asked['params']): void {
  if (params['team'] === undefined || Number(params['team']) === team) return
  refuse({ code: 'FORBIDDEN_ERROR', detail: `The session is one of team ${team}.` })
}

/** Whoever is no admin does not fill the memory. A length that is said holds: Node cuts off what is longer. */
function refuseLarge({ headers }: FastifyRequest): void {
  const length = headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Number.NaN
  if (length <= LONGEST_BODY_BYTES) return
  refuse({ code: 'PAYLOAD_TOO_LARGE', detail: `The body must say its length, of ${LONGEST_BODY_BYTES} bytes at most.` })
}
