import { encodeQuery, type Filters, type RelatedEndpoint, type ToMany, type ValueOf } from '@clipflight/contract'
import type {
  AnsweredType,
  FieldName,
  IncludeManyName,
  IncludeName,
  RelationshipOf,
  Resources,
  ResourceType,
  TargetOf,
} from './resource-types.ts'

/** The fields to answer, by type; a type that is missing here is answered whole. */
export type Fields<T extends ResourceType> = { readonly [A in AnsweredType<T>]?: readonly FieldName<A>[] }

/** What a GET of one resource may ask for. */
export interface GetQuery<
  T extends ResourceType,
  I extends IncludeName<T> = IncludeName<T>,
  F extends Fields<T> = Fields<T>,
> {
  /** Relationships whose resources are to come along. */
  readonly include?: readonly I[]
  /** Fields to answer, by type. */
  readonly fields?: F
  /** How many resources of an included relationship to answer; 10 unless said. */
  readonly limits?: { readonly [K in IncludeManyName<T>]?: number }
}

type OneOrMore<V> = V | readonly V[]

/** An attribute filters by its values; anything else, such as a relationship, by text. */
type FilterValue<T extends ResourceType, K> = K extends keyof Resources[T]['attributes']
  ? OneOrMore<ValueOf<Resources[T]['attributes'][K]>>
  : OneOrMore<string>

type RequiredFilter<F extends Filters> = {
  [K in keyof F]: F[K] extends { readonly required: true } ? K : never
}[keyof F]

/** The filters of an endpoint: all may be left out but those that the service wants. */
type FilterPart<T extends ResourceType, F extends Filters> = [RequiredFilter<F>] extends [never]
  ? { readonly filter?: { readonly [K in keyof F]?: FilterValue<T, K> } }
  : {
      readonly filter: { readonly [K in RequiredFilter<F>]: FilterValue<T, K> } & {
        readonly [K in Exclude<keyof F, RequiredFilter<F>>]?: FilterValue<T, K>
      }
    }

type ListOf<T extends ResourceType> = Resources[T]['operations'] extends { readonly list: infer L } ? L : never

type FiltersOf<E> = E extends { readonly filters: infer F extends Filters } ? F : Record<never, never>

type SortKey<T extends ResourceType> =
  ListOf<T> extends { readonly sort: readonly (infer K)[] }
    ? K extends string
      ? K
      : K extends { readonly name: infer N extends string }
        ? N
        : never
    : never

type ExistsKey<T extends ResourceType> = ListOf<T> extends { readonly exists: infer E } ? keyof E : never

/** What a list may be asked for. Several values of a filter are alternatives; several filters add up. */
export type ListQuery<
  T extends ResourceType,
  I extends IncludeName<T> = IncludeName<T>,
  F extends Fields<T> = Fields<T>,
> = GetQuery<T, I, F> &
  FilterPart<T, FiltersOf<ListOf<T>>> & {
    /** Whether an attribute is not null, or a relationship not empty. */
    readonly exists?: { readonly [K in ExistsKey<T>]?: boolean }
    /** Keys to sort by, with `-` in front for descending order. */
    readonly sort?: readonly (SortKey<T> | `-${SortKey<T>}`)[]
    /** Most resources of a page, from 1 to 200; 50 unless said. */
    readonly limit?: number
  }

/** Whether a list cannot be asked for without a filter. */
export type NeedsFilter<T extends ResourceType> = [RequiredFilter<FiltersOf<ListOf<T>>>] extends [never] ? false : true

type Endpoint<T extends ResourceType, K> = Extract<RelationshipOf<T, K>['related'], RelatedEndpoint>

/** The relationships of the target that the endpoint of a relationship can include. */
export type RelatedInclude<T extends ResourceType, K> =
  Endpoint<T, K> extends { readonly include: true } ? IncludeName<TargetOf<T, K>> : never

/** What the endpoint of a relationship may be asked for. */
export type RelatedQuery<
  T extends ResourceType,
  K,
  I extends RelatedInclude<T, K> = RelatedInclude<T, K>,
  F extends Fields<TargetOf<T, K>> = Fields<TargetOf<T, K>>,
> = (Endpoint<T, K> extends { readonly include: true } ? GetQuery<TargetOf<T, K>, I, F> : { readonly fields?: F }) &
  FilterPart<TargetOf<T, K>, FiltersOf<Endpoint<T, K>>> &
  (RelationshipOf<T, K> extends ToMany
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

/** The relationships that a query wants on every resource of the type. */
export function includedBy({ include = [], fields }: AnyQuery, type: string): readonly string[] {
  const asked = fields?.[type]
  return asked === undefined ? include : include.filter((name) => asked.includes(name))
}

/** A query as it stands in the URL, with its question mark; empty when nothing is asked for. */
export function writeQuery(query: AnyQuery = {}): string {
  const entries: [string, unknown][] = [
    ...bracketed('filter', query.filter),
    ...bracketed('exists', query.exists),
    ['sort', query.sort],
    ...bracketed('fields', query.fields),
    ['limit', query.limit],
    ['include', query.include?.length === 0 ? undefined : query.include],
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
