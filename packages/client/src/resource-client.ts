import type { LinkageEndpoint, RelatedEndpoint, Relationship, Resource, ToMany } from '@clipflight/contract'
import type { CreateInput, UpdateInput } from './input.ts'
import type { List } from './list.ts'
import type { CallOptions } from './options.ts'
import type { Fields, GetQuery, ListQuery, NeedsFilter, RelatedInclude, RelatedQuery } from './query.ts'
import type { Definitions, Identifier, IncludeName, TargetOf } from './resource-types.ts'
import type { Result } from './result.ts'

/** Lists the resources of a type, page by page. */
interface ListAny<R extends Resource> {
  <const I extends IncludeName<R> = never, const F extends Fields<R> = Record<never, never>>(
    query?: ListQuery<R, I, F>,
    call?: CallOptions,
  ): List<Result<R, I, F>>
}

/** Lists the resources of a type, page by page. The service wants a filter. */
interface ListFiltered<R extends Resource> {
  <const I extends IncludeName<R> = never, const F extends Fields<R> = Record<never, never>>(
    query: ListQuery<R, I, F>,
    call?: CallOptions,
  ): List<Result<R, I, F>>
}

interface EveryOperation<R extends Resource> {
  /** Lists the resources of this type, page by page. */
  list: NeedsFilter<R> extends true ? ListFiltered<R> : ListAny<R>
  /** Reads one resource by its id. */
  get<const I extends IncludeName<R> = never, const F extends Fields<R> = Record<never, never>>(
    id: string,
    query?: GetQuery<R, I, F>,
    call?: CallOptions,
  ): Promise<Result<R, I, F>>
  /** Creates one. When nobody knows whether it arrived, it is looked up before it is sent again. */
  create(input: CreateInput<R>, call?: CallOptions): Promise<Result<R, IncludeName<R>>>
  /** Changes the given attributes. */
  update(id: string, input: UpdateInput<R>, call?: CallOptions): Promise<Result<R>>
  /** Deletes one. */
  delete(id: string, call?: CallOptions): Promise<void>
}

/** Reads the resources at the other end of a to-many relationship, page by page. */
interface ReadRelatedMany<D extends Relationship> {
  <const I extends RelatedInclude<D> = never, const F extends Fields<TargetOf<D>> = Record<never, never>>(
    id: string,
    query?: RelatedQuery<D, I, F>,
    call?: CallOptions,
  ): List<Result<TargetOf<D>, I, F>>
}

/** Reads the resource at the other end of a to-one relationship. */
interface ReadRelatedOne<D extends Relationship> {
  <const I extends RelatedInclude<D> = never, const F extends Fields<TargetOf<D>> = Record<never, never>>(
    id: string,
    query?: RelatedQuery<D, I, F>,
    call?: CallOptions,
  ): Promise<Result<TargetOf<D>, I, F> | (D extends { readonly optional: true } ? null : never)>
}

type RelatedOperations<R extends Resource, D extends Definitions> = {
  readonly [
    K in keyof R['relationships'] as R['relationships'][K] extends {
      readonly related: RelatedEndpoint
      readonly target: keyof D
    }
      ? K
      : never
  ]: R['relationships'][K] extends ToMany
    ? ReadRelatedMany<R['relationships'][K]>
    : ReadRelatedOne<R['relationships'][K]>
}

interface EveryLink<T extends string> {
  /** Lists the links, page by page. */
  list(id: string, query?: { readonly limit?: number }, call?: CallOptions): List<Identifier<T>>
  /** Reads the link; null when there is none. */
  get(id: string, call?: CallOptions): Promise<Identifier<T> | null>
  /** Adds links to the resources with these ids; those that are there already stay. */
  add(id: string, targets: readonly string[], call?: CallOptions): Promise<void>
  /** Removes the links to the resources with these ids. */
  remove(id: string, targets: readonly string[], call?: CallOptions): Promise<void>
}

type LinkOperation<D extends Relationship, L = D['linkage']> =
  | (L extends { readonly read: true } ? (D extends ToMany ? 'list' : 'get') : never)
  | (L extends { readonly add: object } ? 'add' : never)
  | (L extends { readonly remove: object } ? 'remove' : never)

type LinkOperations<R extends Resource> = {
  readonly [
    K in keyof R['relationships'] as R['relationships'][K] extends { readonly linkage: LinkageEndpoint } ? K : never
  ]: Pick<EveryLink<R['relationships'][K]['target']>, LinkOperation<R['relationships'][K]>>
}

/** The operations that exist of a resource: its own, its relationships' by their names, and `links`. */
export type ResourceClient<R extends Resource, D extends Definitions> = Pick<
  EveryOperation<R>,
  keyof R['operations'] & keyof EveryOperation<R>
> &
  RelatedOperations<R, D> & {
    /** The links between resources, without what is at their other ends. */
    readonly links: LinkOperations<R>
  }
