import type { Kind, RowValue } from '../kinds.ts'
import { refuseAny, type Problem } from '../problem.ts'
import {
  queryParametersOf,
  type FilterParameter,
  type IncludeParameter,
  type QueryParameter,
  type SortParameter,
  type Subject,
} from '../query-parameters.ts'
import type { Route } from '../routes.ts'
import type { Condition, SortKey } from '../selection.ts'

/** A relationship to include, and how many of its resources. */
export interface IncludeRequest {
  readonly relationship: string
  readonly limit: number
}

/** The query of a request, read and found in order. */
export interface Query {
  readonly conditions: readonly Condition[]
  readonly sort: readonly SortKey[]
  readonly limit: number
  readonly cursor?: string
  readonly include: readonly IncludeRequest[]
  /** Names to show, by type; all of a type that is missing. */
  readonly fields: ReadonlyMap<string, ReadonlySet<string>>
  /** Every parameter as given, for the links of the answer. */
  readonly entries: readonly (readonly [string, string])[]
  /** The same as links have it, with the `?`; empty without parameters. */
  readonly encoded: string
}

/** Page size when none is asked for. Observed on sibling collections (evidence 4.4). */
export const DEFAULT_LIMIT = 50

/** Included resources per relationship when no number is asked for. Observed: evidence 4.4. */
export const DEFAULT_INCLUDE_LIMIT = 10

/** More alternatives than a page has rows, few enough for one statement. */
const MAX_FILTER_VALUES = 200

/** More parameters than any endpoint takes; what comes behind them is not looked at. */
const MAX_PARAMETERS = 200

const NO_FIELDS: ReadonlyMap<string, ReadonlySet<string>> = new Map()
const PLAIN_QUERY: Query = {
  conditions: [],
  sort: [],
  limit: DEFAULT_LIMIT,
  include: [],
  fields: NO_FIELDS,
  entries: [],
  encoded: '',
}

/** Reads the query of one endpoint: text behind the `?`, or nothing. Throws `ApiError` with every problem in it. */
export type QueryReader = (text: string) => Query

/** What an endpoint takes is looked up once; the reader is kept with the route. */
export function createQueryReader(route: Route): QueryReader {
  const parameters = new Map(queryParametersOf(route).map((parameter) => [parameter.name, parameter]))
  const isRequired = [...parameters.values()].some((parameter) => parameter.required)
  return (text) => (text === '' && !isRequired ? PLAIN_QUERY : readQuery(parameters, text))
}

type Parameters = ReadonlyMap<string, QueryParameter>

interface Reading {
  readonly problems: Problem[]
  readonly conditions: Condition[]
  readonly fields: Map<string, ReadonlySet<string>>
  readonly limits: Map<string, number>
  sort: readonly SortKey[]
  include: readonly string[]
  limit: number
  cursor?: string
}

function readQuery(parameters: Parameters, text: string): Query {
  const entries = [...new URLSearchParams(text)].slice(0, MAX_PARAMETERS)
  const reading: Reading = {
    problems: [],
    conditions: [],
    fields: new Map(),
    limits: new Map(),
    sort: [],
    include: [],
    limit: DEFAULT_LIMIT,
  }
  const seen = new Set<string>()
  for (const [name, value] of entries) {
    // Unverified: the code; that duplicates are refused was observed (evidence 4.4).
    if (seen.has(name)) reading.problems.push(illegal(name))
    else readParameter(reading, parameters, name, value)
    seen.add(name)
  }
  for (const { name, required } of parameters.values()) {
    if (required && !seen.has(name)) reading.problems.push(missing(name))
  }
  refuseAny(reading.problems)
  const { conditions, sort, limit, cursor, fields } = reading
  const include = reading.include.map((relationship) => ({
    relationship,
    limit: reading.limits.get(relationship) ?? DEFAULT_INCLUDE_LIMIT,
  }))
  const encoded = encodeQuery(entries)
  return { conditions, sort, limit, ...(cursor === undefined ? {} : { cursor }), include, fields, entries, encoded }
}

function readParameter(reading: Reading, parameters: Parameters, name: string, value: string): void {
  const parameter = parameters.get(name)
  if (parameter === undefined) {
    // Paging by cursor goes with every list that takes a limit; Apple's document does not list it.
    if (name === 'cursor' && parameters.has('limit')) reading.cursor = value
    else reading.problems.push(unknownParameter(parameters, name))
    return
  }
  switch (parameter.kind) {
    case 'filter':
      readFilter(reading, parameter, value)
      break
    case 'exists':
      if (value === 'true' || value === 'false') {
        reading.conditions.push(presence(parameter.subject, value === 'true'))
      } else {
        reading.problems.push(
          invalid(
            name,
            `'${value}' is not a valid value for the parameter '${name}'. Expected one of: 'true', 'false'`,
          ),
        )
      }
      break
    case 'sort':
      reading.sort = readSort(reading, parameter, value)
      break
    case 'fields':
      reading.fields.set(parameter.type, new Set(readNames(reading, name, parameter.values, value, 'field')))
      break
    case 'include':
      reading.include = readInclude(reading, parameter, value)
      break
    case 'limit':
      reading.limit = readLimit(reading, name, parameter.maximum, value)
      break
    case 'relationship limit':
      reading.limits.set(parameter.relationship, readLimit(reading, name, parameter.maximum, value))
      break
  }
}

function listed(value: string): string[] {
  return value === '' ? [] : value.split(',')
}

/** Wording: evidence 5.4 no. 19, 21 and 22. */
function readNames(
  reading: Reading,
  parameter: string,
  allowed: readonly string[] | undefined,
  value: string,
  what: 'field' | 'relationship',
): readonly string[] {
  const names = [...new Set(listed(value))]
  for (const name of names) {
    if (allowed !== undefined && !allowed.includes(name)) {
      reading.problems.push(invalid(parameter, `'${name}' is not a valid ${what} name`))
    }
  }
  return names
}

/** The order of the answer is that of the definition, whatever the request's was (evidence 4.3). */
function readInclude(reading: Reading, parameter: IncludeParameter, value: string): readonly string[] {
  const names = readNames(reading, parameter.name, parameter.values, value, 'relationship')
  return parameter.values.filter((name) => names.includes(name))
}

/** Wording: evidence 5.4 no. 19. */
function readSort(reading: Reading, parameter: SortParameter, value: string): readonly SortKey[] {
  return [...new Set(listed(value))].flatMap((expression) => {
    const descending = expression.startsWith('-')
    const key = descending ? expression.slice(1) : expression
    const subject = Object.hasOwn(parameter.keys, key) ? parameter.keys[key] : undefined
    if (subject?.by === 'attribute') return [{ attribute: subject.attribute, descending }]
    if (subject?.by === 'related attribute') {
      return [{ attribute: subject.attribute, relationship: subject.relationship, descending }]
    }
    reading.problems.push(invalid(parameter.name, `'${expression}' is not a valid field name`))
    return []
  })
}

function readLimit(reading: Reading, name: string, maximum: number, value: string): number {
  const limit = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (limit >= 1 && limit <= maximum) return limit
  // Unverified: no public source shows how a limit out of range is refused (evidence 5.8).
  reading.problems.push(
    invalid(
      name,
      `'${value}' is not a valid value for the parameter '${name}'. It must be a whole number from 1 to ${maximum}`,
    ),
  )
  return maximum
}

function readFilter(reading: Reading, parameter: FilterParameter, value: string): void {
  const { name, subject, filter } = parameter
  // No row holds a NUL, and PostgreSQL would refuse the question.
  const values = [...new Set(value.split(','))].filter((one) => !one.includes('\0'))
  if (values.length > MAX_FILTER_VALUES) {
    reading.problems.push(invalid(name, `The parameter '${name}' can not have more than ${MAX_FILTER_VALUES} values`))
    return
  }
  const strays = parameter.values === undefined ? [] : values.filter((one) => parameter.values?.includes(one) === false)
  for (const stray of strays) {
    const expected = parameter.values?.map((word) => `'${word}'`).join(', ')
    // Unverified: the wording, which is that of a wrong value in a body (evidence 5.5 no. 31).
    reading.problems.push(
      invalid(name, `'${stray}' is not a valid value for the filter '${parameter.key}'. Expected one of: ${expected}`),
    )
  }
  if (strays.length === 0) reading.conditions.push(matching(subject, filter.match, values))
}

function matching(subject: Subject, match: FilterParameter['filter']['match'], values: readonly string[]): Condition {
  switch (subject.by) {
    case 'id':
      return { by: 'id', values }
    case 'relationship':
      return { by: 'relationship', relationship: subject.relationship, values }
    case 'attribute':
      return { by: 'attribute', attribute: subject.attribute, match, values: comparable(subject.kind, values) }
    case 'related attribute':
      return {
        by: 'related attribute',
        relationship: subject.relationship,
        attribute: subject.attribute,
        values: comparable(subject.kind, values),
      }
    case 'nothing':
      return { by: 'constant', holds: false }
  }
}

/** The values as rows hold them. One that no row can hold is left out: it matches nothing (evidence 5.4). */
function comparable(kind: Kind<unknown>, values: readonly string[]): RowValue[] {
  if (kind.storedAs === 'boolean') {
    return values.filter((value) => value === 'true' || value === 'false').map((value) => value === 'true')
  }
  if (kind.storedAs === 'integer') return values.map(Number).filter((value) => Number.isSafeInteger(value))
  return [...values]
}

function presence(subject: Subject, present: boolean): Condition {
  return subject.by === 'attribute'
    ? { by: 'presence', attribute: subject.attribute, present }
    : { by: 'constant', holds: !present }
}

function invalid(parameter: string, detail: string): Problem {
  return { code: 'PARAMETER_ERROR.INVALID', detail, source: { parameter } }
}

/** Wording: evidence 5.4 no. 23. */
function illegal(parameter: string): Problem {
  return {
    code: 'PARAMETER_ERROR.ILLEGAL',
    detail: `The parameter '${parameter}' can not be used with this request`,
    source: { parameter },
  }
}

/** Unverified: the wording; the code is documented (evidence 5.4 no. 24). */
function missing(parameter: string): Problem {
  return {
    code: 'PARAMETER_ERROR.REQUIRED',
    detail: `The parameter '${parameter}' is required but was not provided with this request`,
    source: { parameter },
  }
}

/** An unknown filter is invalid where filters are taken at all; anything else is illegal: evidence 5.4 no. 20 and 23. */
function unknownParameter(parameters: Parameters, name: string): Problem {
  const filter = /^filter\[(.*)\]$/s.exec(name)?.[1]
  const takesFilters = [...parameters.values()].some(({ kind }) => kind === 'filter')
  return filter !== undefined && takesFilters ? invalid(name, `'${filter}' is not a valid filter type`) : illegal(name)
}

/** The problem with a cursor that the service did not write. Unverified: evidence 5.8. */
export function badCursor(cursor: string): Problem {
  return invalid('cursor', `'${cursor.slice(0, 100)}' is not a valid cursor for this request`)
}

/** Brackets and commas percent-encoded, as Apple writes its links (evidence 4.3). */
export function encodeQuery(entries: readonly (readonly [string, string])[]): string {
  if (entries.length === 0) return ''
  return `?${entries.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`
}
