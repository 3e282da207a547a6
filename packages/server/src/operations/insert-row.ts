import type { Resource } from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Row, Transaction } from '../storage/storage.ts'

/** Saves a row, with what is still to happen to it. */
export async function insertRow(transaction: Transaction, resource: Resource, team: number, row: Row): Promise<void> {
  await transaction.insert(resource, team, row)
  for (const foresee of rulesOf(resource.type).prospects ?? []) await foresee(row, transaction, team)
}
