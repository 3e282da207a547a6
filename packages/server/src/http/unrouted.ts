import { appleOperations, linksOf, refuse, resourceOfType, resources, type AppleOperation } from '@clipflight/contract'

/** Where the running service says which operations it has. */
const COVERAGE_PAGE = '/docs/coverage'

/** Operations as error bodies name them (evidence 5.2), by what the path looks like. */
const OPERATION_NAMES = {
  collection: { GET: 'GET_COLLECTION', POST: 'CREATE' },
  instance: { GET: 'GET_INSTANCE', PATCH: 'UPDATE', DELETE: 'DELETE' },
  related: { GET: 'GET_RELATED' },
  relationship: { GET: 'GET_RELATIONSHIP', POST: 'CREATE', PATCH: 'REPLACE', DELETE: 'DELETE' },
} as const satisfies Record<string, Partial<Record<string, string>>>

type PathShape = keyof typeof OPERATION_NAMES

interface Place {
  readonly type: string
  readonly shape: PathShape
  readonly relationship?: string
}

function placeOf(path: string): Place | undefined {
  const [root, version, type, id, third, fourth, ...rest] = path.replace(/\/$/, '').split('/')
  if (root !== '' || version !== 'v1' || type === undefined || type === '' || rest.length > 0) return undefined
  if (id === undefined) return { type, shape: 'collection' }
  if (third === undefined) return { type, shape: 'instance' }
  if (fourth === undefined) return { type, shape: 'related', relationship: third }
  return third === 'relationships' ? { type, shape: 'relationship', relationship: fourth } : undefined
}

interface PlacedOperation {
  readonly operation: AppleOperation
  readonly place: Place
}

const placed: readonly PlacedOperation[] = appleOperations.flatMap((operation) => {
  const place = placeOf(operation.path)
  return place === undefined ? [] : [{ operation, place }]
})

/** Every type whose name the service has heard of, with endpoints of its own or without. */
const knownTypes: ReadonlySet<string> = new Set([...placed.map(({ place }) => place.type), ...Object.keys(resources)])

/**
 * Refuses a request that no route of the service takes, the way Apple would (evidence 5.2 and 5.3), or
 * as not implemented where Apple has the operation and the service has not.
 */
export function refuseUnrouted(method: string, path: string, origin: string): never {
  const place = placeOf(path)
  if (place === undefined || !knownTypes.has(place.type)) {
    refuse({ code: 'NOT_FOUND', detail: 'The path provided does not match a defined resource type.' })
  }
  // A resource has one list of operations, and so has a relationship, whichever of its two paths is asked.
  const here = placed.filter((one) => one.place.type === place.type && one.place.relationship === place.relationship)
  const same = here.find((one) => one.place.shape === place.shape && one.operation.method === method)
  if (same !== undefined) refuseNotImplemented(same.operation, origin)
  if (method === 'GET' && isLinkedTo(place)) {
    refuseNotImplemented({ method, path, operationId: `${place.type}_${place.relationship}` }, origin)
  }
  if (here.length === 0) refuseUnknownPath(place)
  refuseOperation(method, place, here)
}

/** Whether resources of the type show a link there: Apple has the endpoint, whether or not it is in the lists here. */
function isLinkedTo({ type, shape, relationship = '' }: Place): boolean {
  const definition = resourceOfType(type)?.relationships[relationship]
  if (definition === undefined) return false
  const links = linksOf(definition)
  return shape === 'related'
    ? links.related
    : shape === 'relationship' && links.self && definition.linkage === undefined
}

function refuseNotImplemented(
  { method, path, operationId }: Pick<AppleOperation, 'method' | 'path' | 'operationId'>,
  origin: string,
): never {
  refuse({
    code: 'NOT_IMPLEMENTED',
    detail: `Clipflight does not implement '${operationId}' (${method} ${path}). What it implements: ${origin}${COVERAGE_PAGE}`,
    links: { about: `${origin}${COVERAGE_PAGE}` },
  })
}

/** Wording: evidence 5.3 no. 16 and 17. */
function refuseUnknownPath({ type, relationship }: Place): never {
  refuse({
    code: 'PATH_ERROR',
    detail:
      relationship === undefined
        ? `The resource 'v1/${type}' does not exist`
        : `The relationship '${relationship}' does not exist`,
  })
}

function nameOf(method: string, shape: PathShape): string {
  return new Map<string, string>(Object.entries(OPERATION_NAMES[shape])).get(method) ?? method
}

/** Wording: evidence 5.2 no. 9 to 13. The names on relationships were seen too (no. 13). */
function refuseOperation(
  method: string,
  { type, shape, relationship }: Place,
  here: readonly PlacedOperation[],
): never {
  const allowed = [...new Set(here.map(({ operation, place }) => nameOf(operation.method, place.shape)))].sort()
  const list =
    allowed.length === 1 ? `Allowed operation is: ${allowed[0]}` : `Allowed operations are: ${allowed.join(', ')}`
  const subject = relationship === undefined ? `The resource '${type}'` : `The relationship '${relationship}'`
  refuse({
    code: 'FORBIDDEN_ERROR',
    title: 'The given operation is not allowed',
    detail: `${subject} does not allow '${nameOf(method, shape)}'. ${list}`,
  })
}
