import { readUpdate, refuseAny, writeOne, type Resource, type Route, type Update } from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Row, Transaction } from '../storage/storage.ts'
import { alreadyThere } from './judge.ts'
import { isPossibleId } from './new-id.ts'
import { refuseAbsent, type Answer, type OperationRequest, type World } from './request.ts'
import { plainView } from './view.ts'

/** `PATCH /v1/{type}/{id}`: what was given is changed, the rest stays. */
export async function update({ resource }: Route, { storage, now }: World, request: OperationRequest): Promise<Answer> {
  const { team, id, origin, path, body } = request
  const change = readUpdate(resource, id, body)
  if (!isPossibleId(id)) refuseAbsent(resource, id)
  const row = await storage.write(async (transaction) => {
    const before = (await transaction.lock(resource, team, id)) ?? refuseAbsent(resource, id)
    return apply(transaction, resource, team, before, change, now())
  })
  return { status: 200, body: writeOne(resource, row, plainView(origin), `${origin}${path}`) }
}

async function apply(
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
