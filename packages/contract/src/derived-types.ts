import type { Attribute, Relationship, Resource, ToMany, ToOne } from './define-resource.ts'
import type { ResourceIdentifier } from './document/write-document.ts'

/** The value of an attribute as JSON has it. */
export type ValueOf<A> = A extends { readonly kind: { readonly type?: infer T } } ? Exclude<T, undefined> : never

type Answered<A extends Attribute> = A extends { readonly nullable: true } ? ValueOf<A> | null : ValueOf<A>

type Attributes<R extends Resource> = R['attributes']
type Relationships<R extends Resource> = R['relationships']

/** The names of the attributes whose definition carries a mark. */
export type AttributesThat<R extends Resource, Mark> = {
  [K in keyof Attributes<R>]: Attributes<R>[K] extends Mark ? K : never
}[keyof Attributes<R>]

/** The names of the relationships whose definition carries a mark. */
export type RelationshipsThat<R extends Resource, Mark> = {
  [K in keyof Relationships<R>]: Relationships<R>[K] extends Mark ? K : never
}[keyof Relationships<R>]

type Shown<R extends Resource> = Exclude<keyof Relationships<R>, RelationshipsThat<R, { readonly hidden: true }>>

/** Shows a derived type as the plain object it is, where an editor would show the derivation. */
export type Plain<T> = { [K in keyof T]: T[K] } & {}

interface Paging {
  readonly paging: { readonly total?: number; readonly limit: number; readonly nextCursor?: string }
}

type IdentifierOf<D extends Relationship> = { readonly type: D['target']; readonly id: string }

type AnsweredRelationship<D extends Relationship> = D extends ToMany
  ? { readonly meta?: Paging; readonly data?: readonly IdentifierOf<D>[]; readonly links?: RelationshipLinks }
  : { readonly data?: IdentifierOf<D> | null; readonly links?: RelationshipLinks }

export interface RelationshipLinks {
  readonly self?: string
  readonly related?: string
}

/** The attributes of an answer that left none out. */
export type AnsweredAttributes<R extends Resource> = {
  readonly [K in keyof Attributes<R>]: Answered<Attributes<R>[K]>
}

/** A resource in an answer. Sparse `fields` leave members out, so all are optional. */
export type ResourceObject<R extends Resource> = Plain<{
  readonly type: R['type']
  readonly id: string
  readonly attributes?: Partial<AnsweredAttributes<R>>
  readonly relationships?: { readonly [K in Shown<R>]?: AnsweredRelationship<Relationships<R>[K]> }
  readonly links?: { readonly self?: string }
}>

/** The document of a single resource. */
export interface ResponseOf<R extends Resource> {
  readonly data: ResourceObject<R>
  readonly included?: readonly IncludedResource[]
  readonly links: { readonly self: string }
}

/** The document of a page of resources. */
export interface ListResponseOf<R extends Resource> {
  readonly data: readonly ResourceObject<R>[]
  readonly included?: readonly IncludedResource[]
  readonly links: { readonly self: string; readonly first?: string; readonly next?: string }
  readonly meta?: Paging
}

/** A resource of another type that came along; `type` tells which. */
export interface IncludedResource extends ResourceIdentifier {
  readonly attributes?: Readonly<Record<string, unknown>>
  readonly relationships?: Readonly<Record<string, unknown>>
  readonly links?: { readonly self?: string }
}

/** The attributes that a POST may or must give. */
export type CreateAttributes<R extends Resource> = Plain<
  {
    readonly [K in AttributesThat<R, { readonly create: 'required' }>]: ValueOf<Attributes<R>[K]>
  } & {
    readonly [K in AttributesThat<R, { readonly create: 'optional' }>]?: ValueOf<Attributes<R>[K]> | null
  }
>

type CreateRelationships<R extends Resource> = {
  readonly [K in RelationshipsThat<R, { readonly create: string }>]: Relationships<R>[K] extends ToOne
    ? { readonly data: IdentifierOf<Relationships<R>[K]> }
    : { readonly data: readonly IdentifierOf<Relationships<R>[K]>[] }
}

/** A child made inline: its id is local, of the form `${local-id}`. */
export type InlineCreate<R extends Resource> = Plain<{
  readonly type: R['type']
  readonly id?: string
  readonly attributes: CreateAttributes<R>
}>

/** The body of a POST. */
export interface CreateRequest<R extends Resource, Inline = never> {
  readonly data: {
    readonly type: R['type']
    readonly attributes: CreateAttributes<R>
    readonly relationships: CreateRelationships<R>
  }
  readonly included?: readonly Inline[]
}

/** The attributes that a PATCH may give. */
export type UpdateAttributes<R extends Resource> = {
  readonly [K in AttributesThat<R, { readonly update: 'optional' }>]?: ValueOf<Attributes<R>[K]> | null
}

/** The body of a PATCH. */
export interface UpdateRequest<R extends Resource> {
  readonly data: {
    readonly type: R['type']
    readonly id: string
    readonly attributes?: UpdateAttributes<R>
  }
}
