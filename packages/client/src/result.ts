import type { AnsweredAttributes, Plain, Resource, ToMany } from '@clipflight/contract'
import type { RawDocument, RawResource } from './answer-document.ts'
import { checkTypes, type Expected } from './check-types.ts'
import type { Answer } from './exchange.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'
import type { Identifier, IncludeName, RelationshipOf, Resources, ResourceType } from './resource-types.ts'

/** The names that `fields` asks for of a type; all, when it does not name the type. */
type Asked<F, T extends string> = F extends { readonly [K in T]: readonly (infer N)[] } ? N : string

type AttributesOf<T extends ResourceType, F> = Pick<
  AnsweredAttributes<Resources[T]>,
  keyof AnsweredAttributes<Resources[T]> & Asked<F, T>
>

/** A resource that came along, of a type that Clipflight does not carry. */
export interface ForeignResource extends Identifier {
  readonly [attribute: string]: unknown
}

type Included<A extends string, F> = A extends ResourceType
  ? Plain<Identifier<A> & AttributesOf<A, F>>
  : ForeignResource

/** What stands for a relationship on a result. A link that may be empty is null then. */
type Resolved<T extends ResourceType, K, F> =
  RelationshipOf<T, K> extends ToMany
    ? readonly Included<RelationshipOf<T, K>['target'], F>[]
    : RelationshipOf<T, K> extends { readonly create: 'required' } | { readonly twin: true }
      ? Included<RelationshipOf<T, K>['target'], F>
      : Included<RelationshipOf<T, K>['target'], F> | null

type ResultName<T extends ResourceType, K extends string> =
  RelationshipOf<T, K> extends { readonly shortName: infer S extends string } ? S : K

type Relationships<T extends ResourceType, I extends string, F> = {
  readonly [K in I as ResultName<T, K>]: Resolved<T, K, F>
}

/**
 * A resource as the client hands it out: attributes and included relationships side by side.
 * `I` are the relationships and `F` the fields that were asked for.
 */
export type Result<T extends ResourceType, I extends string = never, F = unknown> = Plain<
  Identifier<T> &
    AttributesOf<T, F> &
    ([I] extends [never] ? unknown : Relationships<T, I & Asked<F, T>, F>) &
    WithDocument
>

/** A resource that was just created, with its relationships where the service answers them. */
export type CreatedResult<T extends ResourceType> = Plain<
  Identifier<T> & AttributesOf<T, unknown> & Partial<Relationships<T, IncludeName<T>, unknown>> & WithDocument
>

/** Any result about a resource of the type, whatever came along. */
export type ResultOf<T extends ResourceType> = Plain<
  Identifier<T> & AttributesOf<T, unknown> & Partial<Relationships<T, IncludeName<T>, unknown>>
>

export interface WithDocument {
  /** The document of the answer as it came. It does not show when the result is printed or written as JSON. */
  readonly document: RawDocument
}

/** Makes the plain results of a document's resources; relationships that came along are resolved. */
export function toResults(expected: Expected, document: RawDocument, answer: Answer): Record<string, unknown>[] {
  checkTypes(expected, document, answer)
  const { data, included = [] } = document
  const known = new Map(included.map((one) => [keyOf(one), one]))
  const all: readonly RawResource[] = Array.isArray(data) ? data : data === null ? [] : [data]
  return all.map((one) => {
    const result = { ...plain(one), ...relationshipsOf(expected.resource, one, known) }
    refuseIncomplete(expected, result, answer)
    Object.defineProperty(result, 'document', { value: document })
    return result
  })
}

/** Throws unless all that was asked for came along, as the types of results promise. */
function refuseIncomplete({ resource, include = [] }: Expected, result: Record<string, unknown>, answer: Answer): void {
  const lacking = include.find((name) => !Object.hasOwn(result, resource.relationships[name]?.shortName ?? name))
  if (lacking === undefined) return
  throw new UnexpectedAnswerError(answer, `leaves out the '${lacking}' of '${resource.type}' that were to be included`)
}

function plain({ type, id, attributes = {} }: RawResource): Record<string, unknown> {
  return { type, id, ...withoutOurs(attributes) }
}

/** Members that mean the same on every result: no attribute or relationship of a service's takes their place. */
function withoutOurs(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { type: _type, id: _id, document: _document, ...others } = members
  return others
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
  return withoutOurs(Object.fromEntries(shown))
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
