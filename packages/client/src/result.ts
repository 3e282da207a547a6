import type { AnsweredAttributes, Plain, Relationship, Resource, ToMany } from '@clipflight/contract'
import type { RawDocument, RawResource } from './answer-document.ts'
import type { Fields } from './query.ts'
import type { Identifier, IncludeName, Resources, ResourceType } from './resource-types.ts'

/** The names that `fields` asks for of a type; all, when it does not name the type. */
type Asked<F, T extends string> = F extends { readonly [K in T]: readonly (infer N)[] } ? N : string | number | symbol

type AttributesOf<R extends Resource, F> = Pick<
  AnsweredAttributes<R>,
  keyof AnsweredAttributes<R> & Asked<F, R['type']>
>

/** A resource that came along, of a type that Clipflight does not carry. */
export interface ForeignResource extends Identifier {
  readonly [attribute: string]: unknown
}

type Included<D extends Relationship, F> = D['target'] extends ResourceType
  ? Plain<Identifier<D['target']> & AttributesOf<Resources[D['target']], F>>
  : ForeignResource

type Resolved<D extends Relationship, F> = D extends ToMany
  ? readonly Included<D, F>[]
  : D extends { readonly create: 'required' } | { readonly twin: true }
    ? Included<D, F>
    : Included<D, F> | null

type ResultName<R extends Resource, K extends string> = R['relationships'][K] extends {
  readonly shortName: infer S extends string
}
  ? S
  : K

type RequiredRelationships<R extends Resource, I extends string, F> = {
  readonly [K in I as ResultName<R, K>]: Resolved<R['relationships'][K], F>
}

type OptionalRelationships<R extends Resource> = {
  readonly [K in IncludeName<R> as ResultName<R, K>]?: Resolved<R['relationships'][K], unknown>
}

/** What is known at compile time when the query is not: which of its relationships came along. */
type RelationshipsOf<R extends Resource, I extends string, F> = [IncludeName<R>] extends [I]
  ? [IncludeName<R>] extends [never]
    ? unknown
    : OptionalRelationships<R>
  : RequiredRelationships<R, I & Asked<F, R['type']>, F>

/**
 * A resource as the client hands it out: attributes and included relationships side by side.
 * `I` are the relationships and `F` the fields that were asked for.
 */
export type Result<R extends Resource, I extends string = never, F = unknown> = Plain<
  Identifier<R['type']> & AttributesOf<R, F> & RelationshipsOf<R, I, F> & WithDocument
>

/** Any result about a resource of the type, with whatever came along. */
export type ResultOf<T extends ResourceType> = Plain<
  Identifier<T> & AnsweredAttributes<Resources[T]> & OptionalRelationships<Resources[T]>
>

export interface WithDocument {
  /** The document of the answer as it came. It does not show when the result is printed or written as JSON. */
  readonly document: RawDocument
}

/** Makes the plain results of a document's resources; relationships that came along are resolved. */
export function toResults(resource: Resource, document: RawDocument): Record<string, unknown>[] {
  const { data, included = [] } = document
  const known = new Map(included.map((one) => [keyOf(one), one]))
  const all: readonly RawResource[] = Array.isArray(data) ? data : data === null ? [] : [data]
  return all.map((one) => {
    const result = { ...plain(one), ...relationshipsOf(resource, one, known) }
    Object.defineProperty(result, 'document', { value: document })
    return result
  })
}

function plain({ type, id, attributes = {} }: RawResource): Record<string, unknown> {
  const { type: _type, id: _id, ...others } = attributes
  return { type, id, ...others }
}

/** Only one level, as Apple's API has it: the results can be written as JSON, however the resources are linked. */
function relationshipsOf(
  resource: Resource,
  raw: RawResource,
  known: ReadonlyMap<string, RawResource>,
): Record<string, unknown> {
  const shown = Object.entries(raw.relationships ?? {}).flatMap(([name, { data }]) => {
    const resolved = data === undefined ? undefined : resolve(data, known)
    const definition = Object.hasOwn(resource.relationships, name) ? resource.relationships[name] : undefined
    return resolved === undefined ? [] : [[definition?.shortName ?? name, resolved] as const]
  })
  return Object.fromEntries(shown)
}

type Linked = Identifier | readonly Identifier[] | null

/** The resources behind a linkage; undefined unless all of them came along. */
function resolve(data: Linked, known: ReadonlyMap<string, RawResource>): unknown {
  if (data === null) return null
  const linked = [data].flat()
  const found = linked.flatMap((one) => known.get(keyOf(one)) ?? [])
  if (found.length < linked.length) return undefined
  return Array.isArray(data) ? found.map(plain) : found.map(plain)[0]
}

function keyOf({ type, id }: Identifier): string {
  return `${type}/${id}`
}

export type AnyFields<R extends Resource> = Fields<R>
