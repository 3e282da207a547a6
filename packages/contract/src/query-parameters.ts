import type { Filter, Filters, Relationship, Resource, ToMany } from './define-resource.ts'
import type { Kind } from './kinds.ts'
import { resourceOfType, type Route } from './routes.ts'

/** What a filter, an `exists` or a sort key looks at, found by its name when the parameter is made. */
export type Subject =
  | { readonly by: 'id' }
  | { readonly by: 'attribute'; readonly attribute: string; readonly kind: Kind<unknown> }
  | { readonly by: 'relationship'; readonly relationship: string; readonly definition: Relationship }
  | {
      readonly by: 'related attribute'
      readonly relationship: string
      readonly definition: Relationship
      readonly attribute: string
      readonly kind: Kind<unknown>
    }
  /** Something of a type that the service does not carry: no row has any. */
  | { readonly by: 'nothing' }

interface ParameterBase {
  /** As it stands in the query, such as `filter[app]`. */
  readonly name: string
  /** Apple's wording. */
  readonly description: string
  readonly required: boolean
  readonly deprecated: boolean
}

/** `filter[name]`: keeps the rows whose subject matches one of the given values. */
export interface FilterParameter extends ParameterBase {
  readonly kind: 'filter'
  readonly key: string
  readonly filter: Filter
  readonly subject: Subject
  /** The values a client may give; undefined when it may give any text. */
  readonly values: readonly string[] | undefined
}

/** `exists[name]`: `true` keeps the rows that have the subject, `false` the others. */
export interface ExistsParameter extends ParameterBase {
  readonly kind: 'exists'
  readonly key: string
  readonly subject: Subject
}

/** `sort`: a list of keys, each with `-` in front for descending order. */
export interface SortParameter extends ParameterBase {
  readonly kind: 'sort'
  readonly keys: Readonly<Record<string, Subject>>
  /** The keys, each without and with `-`. */
  readonly values: readonly string[]
}

/** `fields[type]`: the attributes and relationships to answer of every resource of the type. */
export interface FieldsParameter extends ParameterBase {
  readonly kind: 'fields'
  readonly type: string
  /** The names that resources of the type have; undefined for a type that the service does not carry. */
  readonly values: readonly string[] | undefined
}

/** `limit`: how many resources a page may hold. */
export interface LimitParameter extends ParameterBase {
  readonly kind: 'limit'
  readonly maximum: number
}

/** `include`: the relationships of the primary data whose resources to answer too. */
export interface IncludeParameter extends ParameterBase {
  readonly kind: 'include'
  readonly values: readonly string[]
}

/** `limit[relationship]`: how many resources to include of one relationship. */
export interface RelationshipLimitParameter extends ParameterBase {
  readonly kind: 'relationship limit'
  readonly relationship: string
  readonly maximum: number
}

/** One query parameter of one endpoint: what the reader of requests and the OpenAPI document both go by. */
export type QueryParameter =
  | FilterParameter
  | ExistsParameter
  | SortParameter
  | FieldsParameter
  | LimitParameter
  | IncludeParameter
  | RelationshipLimitParameter

/** Most resources that a page may hold. Documented in Apple's OpenAPI document, on every list. */
export const PAGE_LIMIT_MAX = 200

/** Every query parameter that an endpoint takes, in the order of Apple's document. */
export function queryParametersOf(route: Route): readonly QueryParameter[] {
  const { kind, resource, relationship } = route
  if (kind === 'list') {
    const { filters = {}, exists = {}, sort = [] } = resource.operations.list ?? {}
    return [
      ...filterParameters(resource, filters),
      ...existsParameters(resource, exists),
      ...sortParameters(resource, sort),
      ...fieldsWithIncludes(resource),
      pageLimit(),
      ...includeParameters(resource),
    ]
  }
  if (kind === 'get') return [...fieldsWithIncludes(resource), ...includeParameters(resource)]
  const limit = relationship?.definition.cardinality === 'many' ? [pageLimit()] : []
  if (kind === 'linkage') return limit
  const related = relationship?.definition.related
  if (kind !== 'related' || relationship === undefined || related === undefined) return []
  const { target } = relationship
  const { include, filters = {} } = related
  return [
    ...filterParameters(target, filters),
    ...(include ? fieldsWithIncludes(target) : [fieldsParameter(target.type, false)]),
    ...limit,
    ...(include ? includeParameters(target) : []),
  ]
}

/** The names that `fields[type]` may give: attributes, then the relationships that are shown. */
export function fieldsOf(resource: Resource): readonly string[] {
  const shown = Object.entries(resource.relationships).filter(([, definition]) => definition.hidden !== true)
  return [...Object.keys(resource.attributes), ...shown.map(([name]) => name)]
}

function filterParameters(resource: Resource, filters: Filters): FilterParameter[] {
  return Object.entries(filters).map(([key, filter]) => {
    const subject = subjectOf(resource, key)
    return {
      kind: 'filter',
      name: `filter[${key}]`,
      description: describeFilter(key, subject, resource),
      required: filter.required === true,
      deprecated: filter.deprecated === true,
      key,
      filter,
      subject,
      values: filter.values ?? enumOf(subject),
    }
  })
}

function describeFilter(key: string, subject: Subject, resource: Resource): string {
  if (subject.by === 'id') return 'filter by id(s)'
  const isLink = subject.by === 'relationship' || Object.hasOwn(resource.relationships, key)
  return isLink ? `filter by id(s) of related '${key}'` : `filter by attribute '${key}'`
}

function existsParameters(
  resource: Resource,
  exists: Readonly<Record<string, { readonly deprecated?: true }>>,
): ExistsParameter[] {
  return Object.entries(exists).map(([key, { deprecated }]) => ({
    kind: 'exists',
    name: `exists[${key}]`,
    description: Object.hasOwn(resource.relationships, key)
      ? `filter by existence or non-existence of related '${key}'`
      : `filter by attribute '${key}'`,
    required: false,
    deprecated: deprecated === true,
    key,
    subject: subjectOf(resource, key),
  }))
}

function sortParameters(
  resource: Resource,
  sort: readonly (string | { readonly name: string; readonly by: string })[],
): SortParameter[] {
  if (sort.length === 0) return []
  const keys = Object.fromEntries(
    sort.map((key) =>
      typeof key === 'string'
        ? [key, subjectOf(resource, key)]
        : [key.name, subjectOf(resource, `${key.name}.${key.by}`)],
    ),
  )
  return [
    {
      kind: 'sort',
      name: 'sort',
      description: 'comma-separated list of sort expressions; resources will be sorted as specified',
      required: false,
      deprecated: false,
      keys,
      values: Object.keys(keys).flatMap((key) => [key, `-${key}`]),
    },
  ]
}

/** Finds what a name stands for: `id`, an attribute, a relationship, or `relationship.attribute`. */
function subjectOf(resource: Resource, name: string): Subject {
  if (name === 'id') return { by: 'id' }
  const own = member(resource.attributes, name)
  if (own !== undefined) return { by: 'attribute', attribute: name, kind: own.kind }
  const [relationship = '', attribute] = name.split('.')
  const definition = member(resource.relationships, relationship)
  if (definition === undefined) throw new Error(`'${resource.type}' has nothing named '${name}' to filter or sort by.`)
  if (definition.kept === 'foreign') return { by: 'nothing' }
  if (attribute === undefined) return { by: 'relationship', relationship, definition }
  const kind = member(resourceOfType(definition.target)?.attributes ?? {}, attribute)?.kind
  if (kind === undefined)
    throw new Error(`'${definition.target}' has no attribute '${attribute}' to filter or sort by.`)
  return { by: 'related attribute', relationship, definition, attribute, kind }
}

function member<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined
}

/** The values of an attribute that Apple's document lists; a known list that it does not, such as locales, stays free. */
function enumOf(subject: Subject): readonly string[] | undefined {
  if (subject.by !== 'attribute' && subject.by !== 'related attribute') return undefined
  return 'enum' in subject.kind.schema ? subject.kind.values : undefined
}

function includable(resource: Resource): [string, Relationship][] {
  return Object.entries(resource.relationships).filter(([, definition]) => definition.includable)
}

/** `fields` of the resource itself and of every type that `include` can bring along. */
function fieldsWithIncludes(resource: Resource): FieldsParameter[] {
  const deprecatedByType = new Map<string, boolean>([[resource.type, false]])
  for (const [, { target, deprecated = false }] of includable(resource)) {
    // A type is only deprecated where no other relationship still brings it along.
    deprecatedByType.set(target, deprecated && (deprecatedByType.get(target) ?? true))
  }
  return [...deprecatedByType].map(([type, deprecated]) => fieldsParameter(type, deprecated))
}

function fieldsParameter(type: string, deprecated: boolean): FieldsParameter {
  const resource = resourceOfType(type)
  return {
    kind: 'fields',
    name: `fields[${type}]`,
    description: `the fields to include for returned resources of type ${type}`,
    required: false,
    deprecated,
    type,
    values: resource === undefined ? undefined : fieldsOf(resource),
  }
}

function pageLimit(): LimitParameter {
  return {
    kind: 'limit',
    name: 'limit',
    description: 'maximum resources per page',
    required: false,
    deprecated: false,
    maximum: PAGE_LIMIT_MAX,
  }
}

function includeParameters(resource: Resource): (IncludeParameter | RelationshipLimitParameter)[] {
  const relationships = includable(resource)
  if (relationships.length === 0) return []
  // Apple's document has these in the order of the alphabet.
  const many = relationships
    .filter((entry): entry is [string, ToMany] => entry[1].cardinality === 'many')
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
  const include: IncludeParameter = {
    kind: 'include',
    name: 'include',
    description: 'comma-separated list of relationships to include',
    required: false,
    deprecated: false,
    values: relationships.map(([name]) => name),
  }
  const limits = many.map(([name, definition]): RelationshipLimitParameter => ({
    kind: 'relationship limit',
    name: `limit[${name}]`,
    description: `maximum number of related ${name} returned (when they are included)`,
    required: false,
    deprecated: definition.deprecated === true,
    relationship: name,
    maximum: definition.includeLimit,
  }))
  return [include, ...limits]
}
