import type { Kind } from './kinds.ts'
import type { Role } from './roles.ts'

// Functions marked as free of side effects let bundlers leave out the definitions that a program does not use.

/** One attribute of a resource: what it holds, and when a client may give it. */
export interface Attribute<T = unknown> {
  readonly kind: Kind<T>
  /** Whether a create must or may give it; absent, clients cannot set it at creation. */
  readonly create?: 'required' | 'optional'
  /** Whether an update may give it; absent, it cannot be changed. */
  readonly update?: 'optional'
  /**
   * Whether the service ever answers it as null. Apple's document has no nullable attributes in answers,
   * but recorded answers have: evidence 4.2.
   */
  readonly nullable?: true
  /**
   * What a row holds when nothing was given; without it, null if `nullable`, and otherwise a value must be given.
   * `days` count from the moment the row is made, or `after` the date in another attribute that is listed before.
   * `byRule`: what the resource's `begins` in the server's rules finds.
   */
  readonly initial?:
    | string
    | number
    | boolean
    | { readonly days: number; readonly after?: string }
    | { readonly byRule: true }
}

/* @__NO_SIDE_EFFECTS__ */
export function attribute<T, const O extends Omit<Attribute<T>, 'kind'>>(
  kind: Kind<T>,
  options?: O,
): { readonly kind: Kind<T> } & O {
  return { kind, ...options } as { readonly kind: Kind<T> } & O
}

/**
 * The parameters of a related endpoint (`GET /v1/{type}/{id}/{relationship}`) beyond `fields` and `limit`.
 * Apple publishes some of them with the full `include` of the target and some without any.
 */
export interface RelatedEndpoint {
  readonly include: boolean
  readonly filters?: Filters
}

/** What `GET`, `POST` and `DELETE /v1/{type}/{id}/relationships/{relationship}` do. */
export interface LinkageEndpoint {
  readonly read?: true
  readonly add?: { readonly roles: readonly Role[] }
  readonly remove?: { readonly roles: readonly Role[] }
}

/** Which links a relationship shows, where Apple has endpoints that this service has not. */
export type ForeignLinks = 'self and related' | 'self' | 'related' | 'none'

interface RelationshipBase {
  readonly target: string
  /** What clients call it on a plain result, where Apple's name repeats that of the resource. */
  readonly shortName?: string
  /** Never shown: the resource is only made with it. */
  readonly hidden?: true
  /** Answers `GET /v1/{type}/{id}/{relationship}`. */
  readonly related?: RelatedEndpoint
  /** Answers `/v1/{type}/{id}/relationships/{relationship}`. */
  readonly linkage?: LinkageEndpoint
  /** Links to endpoints that Apple has and this service has not. */
  readonly links?: ForeignLinks
  /** Whether `include` may name it, and so whether it ever carries data. */
  readonly includable: boolean
  readonly deprecated?: true
}

export interface ToOne extends RelationshipBase {
  readonly cardinality: 'one'
  /**
   * Where the link is kept: in a column of this resource, in the column of the target's relationship
   * `inverse`, or nowhere, because the service does not carry the target.
   */
  readonly kept: 'column' | { readonly inverse: string } | 'foreign'
  readonly create?: 'required'
  /** A column that may be empty. */
  readonly optional?: true
  /** The target exists whenever this resource does, and has the same id. */
  readonly twin?: true
}

export interface ToMany extends RelationshipBase {
  readonly cardinality: 'many'
  /** Where the links are kept: in the target's to-one `inverse`, in a table of pairs, or nowhere. */
  readonly kept: { readonly inverse: string } | { readonly through: PairTable } | 'foreign'
  /** Created together with the parent, inline in `included`. */
  readonly create?: 'required inline'
  /** Highest `limit[relationship]`; Apple's is 50 nearly everywhere. */
  readonly includeLimit: number
}

export type Relationship = ToOne | ToMany

/** A many-to-many link: the name of its table, and the types at its two ends. */
export interface PairTable {
  readonly table: string
  readonly ends: readonly [string, string]
}

/** Most resources that `limit[relationship]` may ask for. Documented in Apple's OpenAPI document. */
const INCLUDE_LIMIT_MAX = 50

type ToOneOptions = Partial<Omit<ToOne, 'cardinality' | 'target' | 'kept'>> & { readonly inverse?: string }
type ToManyOptions = Partial<Omit<ToMany, 'cardinality' | 'target' | 'kept'>> &
  ({ readonly inverse: string } | { readonly through: PairTable })

/** The options that types derive from, and that therefore keep their literal types. */
type Typed<O> = Pick<
  O,
  keyof O & ('create' | 'hidden' | 'includable' | 'optional' | 'twin' | 'related' | 'linkage' | 'shortName')
>

/** A link to one resource, kept in a column of this resource unless `inverse` names the target's. */
/* @__NO_SIDE_EFFECTS__ */
export function toOne<const T extends string, const O extends ToOneOptions>(
  target: T,
  options: O,
): ToOne & { readonly target: T } & Typed<O> {
  const { inverse, ...rest } = options
  return {
    includable: options.hidden !== true,
    ...rest,
    cardinality: 'one',
    target,
    kept: inverse === undefined ? 'column' : { inverse },
  } as ToOne & { readonly target: T } & Typed<O>
}

/** Links to many resources, which say so themselves (`inverse`) or are paired with this one (`through`). */
/* @__NO_SIDE_EFFECTS__ */
export function toMany<const T extends string, const O extends ToManyOptions>(
  target: T,
  options: O,
): ToMany & { readonly target: T } & Typed<O> {
  const { inverse, through, ...rest } = options as ToManyOptions & { inverse?: string; through?: PairTable }
  return {
    includable: true,
    includeLimit: INCLUDE_LIMIT_MAX,
    ...rest,
    cardinality: 'many',
    target,
    kept: through === undefined ? { inverse: inverse ?? '' } : { through },
  } as ToMany & { readonly target: T } & Typed<O>
}

interface ForeignOptions {
  readonly links?: ForeignLinks
  readonly deprecated?: true
}

/** A link to one resource of a type that the service does not carry: accepted in `include`, always null. */
/* @__NO_SIDE_EFFECTS__ */
export function foreignOne<const T extends string>(
  target: T,
  options: ForeignOptions = {},
): ToOne & { readonly target: T } {
  return { links: 'self and related', ...options, cardinality: 'one', target, kept: 'foreign', includable: true }
}

/** Links to resources of a type that the service does not carry: accepted in `include`, always empty. */
/* @__NO_SIDE_EFFECTS__ */
export function foreignMany<const T extends string>(
  target: T,
  options: ForeignOptions = {},
): ToMany & { readonly target: T } {
  return {
    links: 'self and related',
    ...options,
    cardinality: 'many',
    target,
    kept: 'foreign',
    includable: true,
    includeLimit: INCLUDE_LIMIT_MAX,
  }
}

/** A relationship that Apple never includes: it only shows links, to endpoints that the service has not. */
/* @__NO_SIDE_EFFECTS__ */
export function linksOnly(
  links: Exclude<ForeignLinks, 'none'> = 'self and related',
): ToOne & { readonly includable: false } {
  return { cardinality: 'one', target: 'unknown', kept: 'foreign', links, includable: false }
}

/**
 * How a filter compares. `equals` reads its name: an attribute, a relationship (compares ids), `id`, or an
 * attribute of a related resource (`preReleaseVersion.version`). Where the target is foreign nothing matches.
 */
export type FilterMatch = 'equals' | 'contains' | 'starts with'

export interface Filter {
  readonly match: FilterMatch
  /** The values a client may give, where Apple lists them and no attribute here does. */
  readonly values?: readonly string[]
  readonly required?: true
  readonly deprecated?: true
}

export type Filters = Readonly<Record<string, Filter>>

/* @__NO_SIDE_EFFECTS__ */
export function equals<const O extends Omit<Filter, 'match'> = {}>(options?: O): { readonly match: 'equals' } & O {
  return { match: 'equals', ...options } as { readonly match: 'equals' } & O
}

/** The operations of a resource itself. One that is absent does not exist. */
export interface Operations {
  readonly list?: {
    readonly roles: readonly Role[]
    readonly filters?: Filters
    /** `exists[name]`: whether an attribute is not null, or a relationship not empty. */
    readonly exists?: Readonly<Record<string, { readonly deprecated?: true }>>
    /** Attributes, and to-one relationships with the attribute they sort by. */
    readonly sort?: readonly (string | { readonly name: string; readonly by: string })[]
  }
  readonly get?: { readonly roles: readonly Role[] }
  readonly create?: { readonly roles: readonly Role[] }
  readonly update?: { readonly roles: readonly Role[] }
  readonly delete?: { readonly roles: readonly Role[] }
}

/** Everything that a client, a form or a document could want to know of a resource. */
export interface Resource {
  readonly type: string
  /** The names Apple's document gives one of them and several. */
  readonly schema: { readonly one: string; readonly many: string }
  /** One sentence for readers of the reference. */
  readonly description: string
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly relationships: Readonly<Record<string, Relationship>>
  readonly operations: Operations
  /** Who may read it through its parents' endpoints. */
  readonly readers: readonly Role[]
  /** Attributes and relationships that no two rows share all of. Enforced by the database too. */
  readonly unique?: readonly (readonly string[])[]
  /** At most this many rows per value of a to-one relationship. Enforced by the database too. */
  readonly atMost?: { readonly count: number; readonly per: string }
  /** How ids are made; UUIDs unless said. */
  readonly ids?: 'uuid' | 'number' | { readonly sameAs: string }
}

/** Takes a definition as it is, and keeps its literal types. The registry checks that it makes sense. */
/* @__NO_SIDE_EFFECTS__ */
export function defineResource<const R extends Resource>(resource: R): R {
  return resource
}
