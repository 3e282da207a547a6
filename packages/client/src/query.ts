import {
  encodeQuery,
  type Filters,
  type RelatedEndpoint,
  type Relationship,
  type Resource,
  type ToMany,
  type ValueOf,
} from '@clipflight/contract'
import type { AnsweredType, FieldName, IncludeManyName, IncludeName, TargetOf } from './resource-types.ts'

/** The fields to answer, by type; a type that is missing here is answered whole. */
export type Fields<R extends Resource> = { readonly [T in AnsweredType<R>]?: readonly FieldName<T>[] }

/** What a GET of one resource may ask for. */
export interface GetQuery<
  R extends Resource,
  I extends IncludeName<R> = IncludeName<R>,
  F extends Fields<R> = Fields<R>,
> {
  /** Relationships whose resources are to come along. */
  readonly include?: readonly I[]
  /** Fields to answer, by type. */
  readonly fields?: F
  /** How many resources of an included relationship to answer; 10 unless said. */
  readonly limits?: { readonly [K in IncludeManyName<R>]?: number }
}

type OneOrMore<T> = T | readonly T[]

/** An attribute filters by its values; anything else, such as a relationship, by text. */
type FilterValue<R extends Resource, K> = K extends keyof R['attributes']
  ? OneOrMore<ValueOf<R['attributes'][K]>>
  : OneOrMore<string>

type RequiredFilter<F extends Filters> = {
  [K in keyof F]: F[K] extends { readonly required: true } ? K : never
}[keyof F]

type FilterQuery<R extends Resource, F extends Filters> = {
  readonly [K in RequiredFilter<F>]: FilterValue<R, K>
} & { readonly [K in Exclude<keyof F, RequiredFilter<F>>]?: FilterValue<R, K> }

type ListOf<R extends Resource> = NonNullable<R['operations']['list']>

type FiltersOf<E> = E extends { readonly filters: infer F extends Filters } ? F : Record<never, never>

type SortKey<R extends Resource> =
  ListOf<R> extends { readonly sort: readonly (infer K)[] }
    ? K extends string
      ? K
      : K extends { readonly name: infer N extends string }
        ? N
        : never
    : never

type ExistsKey<R extends Resource> = ListOf<R> extends { readonly exists: infer E } ? keyof E : never

/** The filters of a list, of which any or all may be given. */
type FilterPart<R extends Resource, F extends Filters> = [RequiredFilter<F>] extends [never]
  ? { readonly filter?: FilterQuery<R, F> }
  : { readonly filter: FilterQuery<R, F> }

/** What a list may be asked for. Several values of a filter are alternatives; several filters add up. */
export type ListQuery<
  R extends Resource,
  I extends IncludeName<R> = IncludeName<R>,
  F extends Fields<R> = Fields<R>,
> = GetQuery<R, I, F> &
  FilterPart<R, FiltersOf<ListOf<R>>> & {
    /** Whether an attribute is not null, or a relationship not empty. */
    readonly exists?: { readonly [K in ExistsKey<R>]?: boolean }
    /** Keys to sort by, with `-` in front for descending order. */
    readonly sort?: readonly (SortKey<R> | `-${SortKey<R>}`)[]
    /** Most resources of a page, from 1 to 200; 50 unless said. */
    readonly limit?: number
  }

/** Whether a list cannot be asked for without a filter. */
export type NeedsFilter<R extends Resource> = [RequiredFilter<FiltersOf<ListOf<R>>>] extends [never] ? false : true

type Endpoint<D extends Relationship> = Extract<D['related'], RelatedEndpoint>

/** The relationships of the target that an endpoint of related resources can include. */
export type RelatedInclude<D extends Relationship> =
  Endpoint<D> extends { readonly include: true } ? IncludeName<TargetOf<D>> : never

/** What an endpoint of related resources may be asked for. */
export type RelatedQuery<
  D extends Relationship,
  I extends RelatedInclude<D> = RelatedInclude<D>,
  F extends Fields<TargetOf<D>> = Fields<TargetOf<D>>,
> = (Endpoint<D> extends { readonly include: true } ? GetQuery<TargetOf<D>, I, F> : { readonly fields?: F }) &
  FilterPart<TargetOf<D>, FiltersOf<Endpoint<D>>> &
  (D extends ToMany
    ? {
        /** Most resources of a page, from 1 to 200; 50 unless said. */
        readonly limit?: number
      }
    : unknown)

/** Any of the queries above, when it is written. */
export interface AnyQuery {
  readonly include?: readonly string[]
  readonly fields?: Readonly<Record<string, readonly string[] | undefined>>
  readonly limits?: Readonly<Record<string, number | undefined>>
  readonly filter?: Readonly<Record<string, unknown>>
  readonly exists?: Readonly<Record<string, boolean | undefined>>
  readonly sort?: readonly string[]
  readonly limit?: number
}

/** A query as it stands in the URL, with its question mark; empty when nothing is asked for. */
export function writeQuery(query: AnyQuery = {}): string {
  const entries: [string, unknown][] = [
    ...bracketed('filter', query.filter),
    ...bracketed('exists', query.exists),
    ['sort', query.sort],
    ...bracketed('fields', query.fields),
    ['limit', query.limit],
    ['include', query.include],
    ...bracketed('limit', query.limits),
  ]
  return encodeQuery(
    entries.flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(',') : String(value)]],
    ),
  )
}

function bracketed(name: string, members: Readonly<Record<string, unknown>> = {}): [string, unknown][] {
  return Object.entries(members).map(([key, value]) => [`${name}[${key}]`, value])
}
