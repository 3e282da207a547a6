import type { LinkageEndpoint, RelatedEndpoint, ToMany } from '@clipflight/contract'
import type { CreateInput, UpdateInput } from './input.ts'
import type { List } from './list.ts'
import type { CallOptions } from './options.ts'
import type { Fields, GetQuery, ListQuery, NeedsFilter, RelatedInclude, RelatedQuery } from './query.ts'
import type {
  Identifier,
  IncludeName,
  RelationshipOf,
  RelationshipThat,
  Resources,
  ResourceType,
  TargetOf,
} from './resource-types.ts'
import type { CreatedResult, Result } from './result.ts'

type AllFields = Record<never, never>

/** Lists the resources of a type. */
export interface ListAny<T extends ResourceType> {
  <const I extends IncludeName<T> = never, const F extends Fields<T> = AllFields>(
    query?: ListQuery<T, I, F>,
    call?: CallOptions,
  ): List<Result<T, I, F>>
}

/** Lists the resources of a type, for which the service wants a filter. */
export interface ListFiltered<T extends ResourceType> {
  <const I extends IncludeName<T> = never, const F extends Fields<T> = AllFields>(
    query: ListQuery<T, I, F>,
    call?: CallOptions,
  ): List<Result<T, I, F>>
}

/** What can be done with a resource of its own, where the service has the operation. */
export interface EveryOperation<T extends ResourceType> {
  /** Lists the resources of this type. */
  list: NeedsFilter<T> extends true ? ListFiltered<T> : ListAny<T>
  /** Reads one resource by its id. */
  get<const I extends IncludeName<T> = never, const F extends Fields<T> = AllFields>(
    id: string,
    query?: GetQuery<T, I, F>,
    call?: CallOptions,
  ): Promise<Result<T, I, F>>
  /** Creates one. When nobody knows whether that arrived, it is looked up before it is sent again. */
  create(input: CreateInput<T>, call?: CallOptions): Promise<CreatedResult<T>>
  /** Changes the given attributes. */
  update(id: string, input: UpdateInput<T>, call?: CallOptions): Promise<Result<T>>
  /** Deletes one. */
  delete(id: string, call?: CallOptions): Promise<void>
}

/** Lists what is at the other end of the relationship `K` of the resource with that id. */
export interface ListRelated<T extends ResourceType, K> {
  <const I extends RelatedInclude<T, K> = never, const F extends Fields<TargetOf<T, K>> = AllFields>(
    id: string,
    query?: RelatedQuery<T, K, I, F>,
    call?: CallOptions,
  ): List<Result<TargetOf<T, K>, I, F>>
}

/** Reads what is at the other end of the relationship `K` of the resource with that id. */
export interface GetRelated<T extends ResourceType, K> {
  <const I extends RelatedInclude<T, K> = never, const F extends Fields<TargetOf<T, K>> = AllFields>(
    id: string,
    query?: RelatedQuery<T, K, I, F>,
    call?: CallOptions,
  ): Promise<Result<TargetOf<T, K>, I, F> | (RelationshipOf<T, K> extends { readonly optional: true } ? null : never)>
}

/** Only between types that the client has. */
type RelatedName<T extends ResourceType, C extends ResourceType> = RelationshipThat<
  T,
  { readonly related: RelatedEndpoint; readonly target: C }
>

type RelatedOperations<T extends ResourceType, C extends ResourceType> = {
  readonly [K in RelatedName<T, C>]: RelationshipOf<T, K> extends ToMany ? ListRelated<T, K> : GetRelated<T, K>
}

/** What can be done with the links to resources of a type, where the service has the operation. */
export interface EveryLink<T extends string> {
  /** Lists the links. */
  list(id: string, query?: { readonly limit?: number }, call?: CallOptions): List<Identifier<T>>
  /** Reads the link; null when there is none. */
  get(id: string, call?: CallOptions): Promise<Identifier<T> | null>
  /** Adds links to the resources with these ids; those that are there already stay. */
  add(id: string, targets: readonly string[], call?: CallOptions): Promise<void>
  /** Removes the links to the resources with these ids. */
  remove(id: string, targets: readonly string[], call?: CallOptions): Promise<void>
}

type LinkOperation<T extends ResourceType, K, L = RelationshipOf<T, K>['linkage']> =
  | (L extends { readonly read: true } ? (RelationshipOf<T, K> extends ToMany ? 'list' : 'get') : never)
  | (L extends { readonly add: object } ? 'add' : never)
  | (L extends { readonly remove: object } ? 'remove' : never)

type LinkOperations<T extends ResourceType> = {
  readonly [K in RelationshipThat<T, { readonly linkage: LinkageEndpoint }>]: Pick<
    EveryLink<RelationshipOf<T, K>['target']>,
    LinkOperation<T, K>
  >
}

/** The operations of a resource: its own, its relationships' by their names, and `links`. */
export type ResourceClient<T extends ResourceType, C extends ResourceType = ResourceType> = Pick<
  EveryOperation<T>,
  keyof Resources[T]['operations'] & keyof EveryOperation<T>
> &
  RelatedOperations<T, C> & {
    /** The links between resources, without what is at their other ends. */
    readonly links: LinkOperations<T>
  }
