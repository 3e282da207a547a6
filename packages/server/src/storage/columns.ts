import {
  resourceOfType,
  resources,
  type PairTable,
  type Resource,
  type RowValue,
  type StoredAs,
} from '@clipflight/contract'
import type { Row } from './storage.ts'

/** What a database keeps in one cell; both databases keep the same, so that both order and compare alike. */
export type Cell = string | number | null

export type Cells = readonly Cell[]

interface Codec {
  readonly encode: (value: RowValue) => Cell
  /** Absent where a row holds the cell as it is. */
  readonly decode?: (cell: Cell) => RowValue
}

function toText(value: RowValue): string {
  if (typeof value === 'string') return value
  throw new Error(`A row holds ${typeof value} where its column keeps text.`)
}

function toInteger(value: RowValue): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  throw new Error(`A row holds ${String(value)} where its column keeps an integer.`)
}

function toBit(value: RowValue): number {
  if (typeof value === 'boolean') return value ? 1 : 0
  throw new Error(`A row holds ${typeof value} where its column keeps a boolean.`)
}

const AS_INTEGER: Codec = { encode: toInteger }

/** How each kind is kept. A boolean is 0 or 1 on either database: PostgreSQL's own type would need a second path. */
const CODECS: Readonly<Record<StoredAs, Codec>> = {
  text: { encode: toText },
  integer: AS_INTEGER,
  boolean: { encode: toBit, decode: (cell) => cell === 1 },
  instant: AS_INTEGER,
  json: { encode: (value) => JSON.stringify(value), decode: (cell) => JSON.parse(String(cell)) },
}

/** One column that rows show, under the name that rows give it. */
export interface Column {
  readonly name: string
  readonly property: string
  readonly storedAs: StoredAs
  readonly nullable: boolean
  readonly encode: (value: RowValue) => Cell
}

export interface Table {
  readonly resource: Resource
  readonly name: string
  /** `id` first; the team's column is not among them, for no row shows it. */
  readonly columns: readonly Column[]
  readonly column: (property: string) => Column
  /** Cells in the order of `columns`, perhaps with others behind them. */
  readonly decode: (cells: Cells) => Row
}

/** A table of pairs: its columns hold the ids of its ends, in the order of `ends`. */
export interface Pairs {
  readonly name: string
  readonly ends: readonly [string, string]
  readonly columns: readonly [string, string]
}

/** Of every table: the first part of its primary key. */
export const TEAM_COLUMN = 'team_id'

/** Of a table with `atMost`: which of the few places among its siblings a row has. */
export const SLOT_COLUMN = 'slot'

/**
 * PostgreSQL refuses NUL in text, and SQLite's `like` ends at it. Nothing stored has one, so what asks for it asks
 * for something that is not there; a character that stands for none says the same.
 */
export function withoutNul(cell: Cell): Cell {
  return typeof cell === 'string' && cell.includes('\0') ? cell.replaceAll('\0', '\uFFFF') : cell
}

/** `dSYMUrl` is `d_sym_url`. */
export function toSnakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
}

function toColumn(property: string, name: string, storedAs: StoredAs, nullable: boolean): Column {
  const { encode } = CODECS[storedAs]
  return {
    name,
    property,
    storedAs,
    nullable,
    encode(value) {
      if (value === undefined) throw new Error(`A row lacks '${property}'.`)
      return value === null ? null : encode(value)
    },
  }
}

function columnsOf(resource: Resource): readonly Column[] {
  const attributes = Object.entries(resource.attributes).map(([property, { kind, nullable }]) =>
    toColumn(property, toSnakeCase(property), kind.storedAs, nullable === true),
  )
  const links = Object.entries(resource.relationships).flatMap(([property, { kept, ...relationship }]) =>
    kept === 'column' ? [toColumn(property, `${toSnakeCase(property)}_id`, 'text', 'optional' in relationship)] : [],
  )
  return [toColumn('id', 'id', 'text', false), ...attributes, ...links]
}

function decoderOf(columns: readonly Column[]): (cells: Cells) => Row {
  const properties = columns.map((column) => column.property)
  const decoders = columns.map((column) => CODECS[column.storedAs].decode)
  return (cells) => {
    const row: { id: string; [property: string]: RowValue } = { id: '' }
    // An indexed loop without closures: every row of every answer passes here.
    for (let index = 0; index < properties.length; index += 1) {
      const cell = cells[index] ?? null
      const decode = decoders[index]
      row[properties[index] ?? ''] = decode === undefined || cell === null ? cell : decode(cell)
    }
    return row
  }
}

function toTable(resource: Resource): Table {
  const columns = columnsOf(resource)
  const byProperty = new Map(columns.map((column) => [column.property, column]))
  return {
    resource,
    name: toSnakeCase(resource.type),
    columns,
    column(property) {
      const column = byProperty.get(property)
      if (column === undefined) throw new Error(`No column of '${resource.type}' keeps '${property}'.`)
      return column
    },
    decode: decoderOf(columns),
  }
}

const tables: ReadonlyMap<Resource, Table> = new Map(
  Object.values(resources).map((resource: Resource) => [resource, toTable(resource)]),
)

export function tableOf(resource: Resource): Table {
  const table = tables.get(resource)
  if (table === undefined) throw new Error(`'${resource.type}' is not in the registry of resources.`)
  return table
}

export function pairsOf(through: PairTable): Pairs {
  const columnOf = (type: string) => `${toSnakeCase(resourceOfType(type)?.schema.one ?? type)}_id`
  const [first, second] = through.ends
  return { name: toSnakeCase(through.table), ends: through.ends, columns: [columnOf(first), columnOf(second)] }
}
