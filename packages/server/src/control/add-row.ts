import type { Resource, RowValue } from '@clipflight/contract'
import { completeRow } from '../operations/complete-row.ts'
import { insertRow } from '../operations/insert-row.ts'
import { newId } from '../operations/new-id.ts'
import type { Transaction } from '../storage/storage.ts'

/** What is said of a row; the rest is as its resource begins. */
export interface NewRow {
  /** What is undefined, or is none of the resource's, is left out. */
  readonly attributes: Readonly<Record<string, RowValue>>
  readonly links: Readonly<Record<string, string>>
}

/** Saves a resource, whatever clients may set of it, and returns its id. */
export async function addRow(
  transaction: Transaction,
  team: number,
  now: number,
  resource: Resource,
  { attributes, links }: NewRow,
): Promise<string> {
  const id = newId(resource, links)
  await insertRow(
    transaction,
    resource,
    team,
    completeRow({ resource, pointer: '', attributes, links }, id, links, now),
  )
  return id
}
