import type { PairTable, Resource, ToOne } from './define-resource.ts'
import { resources } from './resources/index.ts'
import { resourceOfType } from './routes.ts'

/** One member of a resource in a seed that holds other resources, or names them. */
export interface Nested {
  readonly name: string
  readonly target: Resource
  readonly shape:
    | { readonly is: 'list' | 'mapping'; readonly inverse: string; readonly twin: boolean }
    | { readonly is: 'column' }
    | { readonly is: 'references'; readonly through: PairTable }
}

const all: readonly Resource[] = Object.values(resources)

/** The to-one columns that are never empty, by name, with the type they lead to. */
export function requiredLinks(resource: Resource): readonly (readonly [string, string])[] {
  return Object.entries(resource.relationships).flatMap(([name, definition]) =>
    isColumn(definition) && definition.optional !== true ? [[name, definition.target] as const] : [],
  )
}

/** The types that stand on their own: what a team holds. They belong to nothing and nobody points to them. */
export const rootResources: readonly Resource[] = all.filter(
  ({ type, relationships }) =>
    !Object.values(relationships).some(isColumn) &&
    !all.some((other) =>
      Object.values(other.relationships).some(
        (link) => isColumn(link) && link.optional === true && link.target === type,
      ),
    ),
)

/**
 * What can stand under a resource. A relationship whose target needs more than the resources `above` (types
 * that this one stands under) cannot: a build needs its version, so it stands there and not under its app.
 */
export function nestedIn(resource: Resource, above: ReadonlySet<string>): readonly Nested[] {
  const around = new Set([...above, resource.type])
  return Object.entries(resource.relationships).flatMap(([name, definition]): Nested[] => {
    const target = resourceOfType(definition.target)
    if (target === undefined || definition.kept === 'foreign') return []
    if (definition.kept === 'column') {
      return definition.cardinality === 'one' && definition.optional === true
        ? [{ name, target, shape: { is: 'column' } }]
        : []
    }
    if ('through' in definition.kept)
      return [{ name, target, shape: { is: 'references', through: definition.kept.through } }]
    if (!requiredLinks(target).every(([, type]) => around.has(type))) return []
    const { inverse } = definition.kept
    if (definition.cardinality === 'one') {
      return [{ name, target, shape: { is: 'mapping', inverse, twin: definition.twin === true } }]
    }
    return [{ name, target, shape: { is: 'list', inverse, twin: false } }]
  })
}

/** What an id may look like: those that a seed gives, and whatever the service is asked for. */
export const ID_FORM = /^[A-Za-z0-9._-]{1,64}$/

/** Whether an id may be given: not where it follows from another resource. */
export function mayGiveId({ ids = 'uuid' }: Resource): boolean {
  return typeof ids === 'string'
}

/** Whether an attribute must be given: it has no first value and may not be empty. */
export function isRequired({ attributes }: Resource, name: string): boolean {
  return attributes[name]?.initial === undefined && attributes[name]?.nullable !== true
}

function isColumn(definition: Resource['relationships'][string]): definition is ToOne & { readonly kept: 'column' } {
  return definition.kept === 'column'
}
