import type { LinkageEndpoint, Relationship, Resource } from './define-resource.ts'
import { resources } from './resources/index.ts'
import type { Role } from './roles.ts'

/** What a route does; each has one story under `operations/` of the server. */
export type RouteKind =
  | 'list'
  | 'get'
  | 'create'
  | 'update'
  | 'delete'
  | 'related'
  | 'linkage'
  | 'add links'
  | 'remove links'

/** The methods that operations have. */
export const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'] as const
export type Method = (typeof METHODS)[number]

/** One operation of the service: what the server listens to, the client calls, and the document lists. */
export interface Route {
  readonly kind: RouteKind
  readonly method: Method
  /** With `{id}` where the id stands, as in OpenAPI. */
  readonly path: string
  /** Apple's name of the operation, such as `builds_getCollection`. */
  readonly operationId: string
  readonly resource: Resource
  /** The relationship that the path names, if it names one. */
  readonly relationship?: { readonly name: string; readonly definition: Relationship; readonly target: Resource }
  readonly roles: readonly Role[]
}

const OWN_OPERATIONS = [
  { kind: 'list', method: 'GET', path: '', verb: 'getCollection' },
  { kind: 'create', method: 'POST', path: '', verb: 'createInstance' },
  { kind: 'get', method: 'GET', path: '/{id}', verb: 'getInstance' },
  { kind: 'update', method: 'PATCH', path: '/{id}', verb: 'updateInstance' },
  { kind: 'delete', method: 'DELETE', path: '/{id}', verb: 'deleteInstance' },
] as const

function ownRoutes(resource: Resource): Route[] {
  return OWN_OPERATIONS.flatMap(({ kind, method, path, verb }) => {
    const operation = resource.operations[kind]
    if (operation === undefined) return []
    return [
      {
        kind,
        method,
        path: `/v1/${resource.type}${path}`,
        operationId: `${resource.type}_${verb}`,
        resource,
        roles: operation.roles,
      },
    ]
  })
}

/** `readers` of the target may read links; who may write them is said at the endpoint. */
function linkageRoles(linkage: LinkageEndpoint, readers: readonly Role[]) {
  return [
    { kind: 'linkage', method: 'GET', verb: 'get', roles: linkage.read === true ? readers : undefined },
    { kind: 'add links', method: 'POST', verb: 'create', roles: linkage.add?.roles },
    { kind: 'remove links', method: 'DELETE', verb: 'delete', roles: linkage.remove?.roles },
  ] as const
}

function relationshipRoutes(resource: Resource): Route[] {
  return Object.entries(resource.relationships).flatMap(([name, definition]) => {
    const target = resourceOfType(definition.target)
    if (target === undefined) return []
    const relationship = { name, definition, target }
    const some = definition.cardinality === 'one' ? 'ToOne' : 'ToMany'
    const routes: Route[] = []
    if (definition.related !== undefined) {
      routes.push({
        kind: 'related',
        method: 'GET',
        path: `/v1/${resource.type}/{id}/${name}`,
        operationId: `${resource.type}_${name}_get${some}Related`,
        resource,
        relationship,
        roles: target.readers,
      })
    }
    for (const { kind, method, verb, roles } of linkageRoles(definition.linkage ?? {}, target.readers)) {
      if (roles === undefined) continue
      routes.push({
        kind,
        method,
        path: `/v1/${resource.type}/{id}/relationships/${name}`,
        operationId: `${resource.type}_${name}_${verb}${some}Relationship`,
        resource,
        relationship,
        roles,
      })
    }
    return routes
  })
}

const byType: ReadonlyMap<string, Resource> = new Map(Object.entries(resources))

/** The definition of a type that the service carries. */
export function resourceOfType(type: string): Resource | undefined {
  return byType.get(type)
}

/** Every operation that the service answers. */
export const routes: readonly Route[] = Object.values(resources).flatMap((resource: Resource) => [
  ...ownRoutes(resource),
  ...relationshipRoutes(resource),
])

/** The links a relationship shows: to the endpoints that exist, here or at Apple only. */
export function linksOf(definition: Relationship): { readonly self: boolean; readonly related: boolean } {
  const { links = 'none', linkage, related } = definition
  return {
    self: linkage !== undefined || links === 'self' || links === 'self and related',
    related: related !== undefined || links === 'related' || links === 'self and related',
  }
}
