import { refuseAny, type Resource, type Update } from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Row, Transaction } from '../storage/storage.ts'
import { alreadyThere } from './judge.ts'

/** Changes a row that is held, with what follows from it, and returns it as it is then. */
export async function changeRow(
  transaction: Transaction,
  resource: Resource,
  team: number,
  before: Row,
  change: Update,
  now: number,
): Promise<Row> {
  const after: Row = { ...before, ...change.attributes, id: before.id }
  const names = Object.keys(change.attributes).filter((name) => after[name] !== before[name])
  const isInUniqueSet = names.some((name) => resource.unique?.some((set) => set.includes(name)))
  if (isInUniqueSet) {
    refuseAny(await alreadyThere(asDraft(resource, after), { stored: transaction, team, now }, { except: before.id }))
  }
  if (names.length > 0) {
    await transaction.update(resource, team, before.id, Object.fromEntries(names.map((name) => [name, after[name]])))
  }
  for (const consequence of rulesOf(resource.type).updated ?? []) await consequence(change, after, transaction, team)
  return after
}

/** A changed row in the form that rules about uniqueness look at. */
function asDraft(resource: Resource, row: Row) {
  const links = Object.entries(resource.relationships).flatMap(([name, definition]): [string, string][] => {
    const id = definition.cardinality === 'one' && definition.kept === 'column' ? row[name] : undefined
    return typeof id === 'string' ? [[name, id]] : []
  })
  return { resource, pointer: '/data', attributes: row, links: Object.fromEntries(links) }
}
