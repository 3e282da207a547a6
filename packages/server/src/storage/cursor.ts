import type { StoredAs } from '@clipflight/contract'
import type { Cell, Cells } from './columns.ts'
import { BadCursor } from './storage.ts'

/** Where a page ended: what the first page counted, and the sort values and the id of the last row. */
export interface Position {
  readonly total: number
  readonly after: Cells
}

/** What the values of a cursor must be. */
export interface SortedValue {
  readonly storedAs: StoredAs
  readonly nullable: boolean
}

const CURSOR = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/

/** `signature` names the sort; a cursor is of use for the same one only. */
export function writeCursor(signature: string, { total, after }: Position): string {
  return `${encode([signature, total])}.${encode(after)}`
}

/** Trusts nothing: cursors come back from clients, who may have made them up. */
export function readCursor(cursor: string, signature: string, sort: readonly SortedValue[]): Position {
  const [, head, tail] = CURSOR.exec(cursor) ?? []
  if (head === undefined || tail === undefined) throw new BadCursor('The cursor is not two parts of base64url.')
  const [written, total] = decode(head)
  if (written !== signature) throw new BadCursor('The cursor belongs to another sort.')
  if (typeof total !== 'number' || !Number.isSafeInteger(total) || total < 0)
    throw new BadCursor('The cursor has no total.')
  const values = decode(tail)
  const expected: readonly SortedValue[] = [...sort, { storedAs: 'text', nullable: false }]
  if (values.length !== expected.length) throw new BadCursor('The cursor has too many or too few values.')
  return { total, after: expected.map((value, index) => readCell(values[index], value)) }
}

function readCell(value: unknown, { storedAs, nullable }: SortedValue): Cell {
  if (value === null && nullable) return null
  if (storedAs === 'text' || storedAs === 'json') {
    if (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')) return value
  } else if (typeof value === 'number' && isStored(value, storedAs)) {
    return value
  }
  throw new BadCursor('The cursor holds a value of the wrong kind.')
}

/** Whether a column can hold the number: PostgreSQL fails on one that is too large for it. */
function isStored(value: number, storedAs: StoredAs): boolean {
  return storedAs === 'boolean' ? value === 0 || value === 1 : Number.isSafeInteger(value)
}

function encode(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url')
}

function decode(part: string): readonly unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    if (Array.isArray(values)) return values
  } catch (cause) {
    throw new BadCursor('The cursor is not JSON.', { cause })
  }
  throw new BadCursor('The cursor is not a list of values.')
}
