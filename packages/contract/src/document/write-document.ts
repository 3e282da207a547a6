import type { Attribute, Resource } from '../define-resource.ts'
import type { RowValue } from '../kinds.ts'
import { linksOf } from '../routes.ts'

/** A saved resource as the writer needs it: its id and its attributes by name. */
export type WritableRow = { readonly id: string } & Readonly<Record<string, RowValue>>

/** A relationship that the request asked to include, with the rows behind it by the parent's id. */
export interface Inclusion {
  readonly relationship: string
  readonly target: Resource | undefined
  readonly rowsByParent: ReadonlyMap<string, { readonly rows: readonly WritableRow[]; readonly total: number }>
  /** What `limit[relationship]` was, or its default. */
  readonly limit: number
}

/** What of the resources is shown, and where they are. */
export interface View {
  /** Scheme and authority that links begin with, such as `http://127.0.0.1:8642`. */
  readonly origin: string
  /** The members shown of a type; all of a type that is missing here. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>
  readonly inclusions: readonly Inclusion[]
}

export interface ResourceIdentifier {
  readonly type: string
  readonly id: string
}

interface PagingMeta {
  readonly paging: { readonly total: number; readonly limit: number }
}

interface WrittenRelationship {
  meta?: PagingMeta
  data?: ResourceIdentifier | readonly ResourceIdentifier[] | null
  links?: { self?: string; related?: string }
}

/** A resource as clients see it; member order is Apple's (evidence 4.2). */
export interface WrittenResource {
  type: string
  id: string
  attributes?: Record<string, unknown>
  relationships?: Record<string, WrittenRelationship>
  links: { self: string }
}

interface RelationshipPlan {
  readonly name: string
  readonly many: boolean
  readonly self: boolean
  readonly related: boolean
}

interface WritePlan {
  readonly attributes: readonly (readonly [string, ((value: RowValue) => unknown) | undefined])[]
  readonly relationships: readonly RelationshipPlan[]
}

const plans = new WeakMap<Resource, WritePlan>()

/** What writing a resource takes, worked out once per definition. */
function planOf(resource: Resource): WritePlan {
  const known = plans.get(resource)
  if (known !== undefined) return known
  const plan: WritePlan = {
    attributes: Object.entries(resource.attributes).map(([name, { kind }]: [string, Attribute]) => [name, kind.toJson]),
    relationships: Object.entries(resource.relationships)
      .filter(([, definition]) => definition.hidden !== true)
      .map(([name, definition]) => ({ name, many: definition.cardinality === 'many', ...linksOf(definition) })),
  }
  plans.set(resource, plan)
  return plan
}

const NOTHING: readonly WritableRow[] = []

/** One row as a resource object. Relationships carry data only when included (evidence 4.5). */
export function writeResource(
  resource: Resource,
  row: WritableRow,
  view: View,
  inclusions: readonly Inclusion[],
): WrittenResource {
  const plan = planOf(resource)
  const fields = view.fields.get(resource.type)
  const self = `${view.origin}/v1/${resource.type}/${row.id}`
  const written: WrittenResource = { type: resource.type, id: row.id, links: { self } }
  const attributes: Record<string, unknown> = {}
  let hasAttributes = false
  for (const [name, toJson] of plan.attributes) {
    if (fields !== undefined && !fields.has(name)) continue
    const value = row[name]
    attributes[name] = toJson === undefined || value === null ? value : toJson(value)
    hasAttributes = true
  }
  const relationships = writeRelationships(plan, row.id, self, fields, inclusions)
  const { type, id, links } = written
  return {
    type,
    id,
    ...(hasAttributes ? { attributes } : undefined),
    ...(relationships === undefined ? undefined : { relationships }),
    links,
  }
}

function writeRelationships(
  plan: WritePlan,
  id: string,
  self: string,
  fields: ReadonlySet<string> | undefined,
  inclusions: readonly Inclusion[],
): Record<string, WrittenRelationship> | undefined {
  let relationships: Record<string, WrittenRelationship> | undefined
  for (const relationship of plan.relationships) {
    const { name } = relationship
    if (fields !== undefined && !fields.has(name)) continue
    const inclusion = inclusions.find((one) => one.relationship === name)
    const hasLinks = relationship.self || relationship.related
    // Without endpoints and without data there is nothing to show (evidence 4.5).
    if (inclusion === undefined && !hasLinks) continue
    const written: WrittenRelationship = {}
    if (inclusion !== undefined) writeLinkage(written, relationship.many, id, inclusion)
    if (hasLinks) {
      written.links = {
        ...(relationship.self ? { self: `${self}/relationships/${name}` } : undefined),
        ...(relationship.related ? { related: `${self}/${name}` } : undefined),
      }
    }
    relationships ??= {}
    relationships[name] = written
  }
  return relationships
}

function writeLinkage(written: WrittenRelationship, many: boolean, id: string, inclusion: Inclusion): void {
  const { target, limit } = inclusion
  const related = inclusion.rowsByParent.get(id)
  const identifiers = (related?.rows ?? NOTHING).map((row) => ({ type: target?.type ?? '', id: row.id }))
  if (many) {
    written.meta = { paging: { total: related?.total ?? 0, limit } }
    written.data = identifiers
  } else {
    written.data = identifiers[0] ?? null
  }
}

/** The included resources, each once, in the order of the inclusions. */
export function writeIncluded(view: View): readonly WrittenResource[] {
  const written = new Map<string, WrittenResource>()
  for (const { target, rowsByParent } of view.inclusions) {
    if (target === undefined) continue
    for (const { rows } of rowsByParent.values()) {
      for (const row of rows) {
        const key = `${target.type}/${row.id}`
        if (!written.has(key)) written.set(key, writeResource(target, row, view, []))
      }
    }
  }
  return [...written.values()]
}

/** A document about one resource; `included` is there when anything was asked to be included. */
export function writeOne(resource: Resource, row: WritableRow, view: View, self: string): object {
  return {
    data: writeResource(resource, row, view, view.inclusions),
    ...(view.inclusions.length === 0 ? undefined : { included: writeIncluded(view) }),
    links: { self },
  }
}

/** How a page stands among the others. */
export interface Paging {
  readonly total: number
  readonly limit: number
  /** Absolute URL of the next page, absent on the last. */
  readonly next?: string
}

/** A document about a page of resources. */
export function writeMany(
  resource: Resource,
  rows: readonly WritableRow[],
  view: View,
  self: string,
  { total, limit, next }: Paging,
): object {
  return {
    data: rows.map((row) => writeResource(resource, row, view, view.inclusions)),
    ...(view.inclusions.length === 0 ? undefined : { included: writeIncluded(view) }),
    links: { self, ...(next === undefined ? undefined : { next }) },
    meta: { paging: { total, limit } },
  }
}

/** A document of one link, or of none. */
export function writeLink(identifier: ResourceIdentifier | null, self: string): object {
  return { data: identifier, links: { self } }
}

/** A document of a page of links. */
export function writeLinks(
  identifiers: readonly ResourceIdentifier[],
  self: string,
  { total, limit, next }: Paging,
): object {
  return {
    data: identifiers,
    links: { self, ...(next === undefined ? undefined : { next }) },
    meta: { paging: { total, limit } },
  }
}
