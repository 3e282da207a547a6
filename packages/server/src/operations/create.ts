import {
  invalidLink,
  readCreate,
  refuseAny,
  resourceOfType,
  writeOne,
  type Creation,
  type Inclusion,
  type Problem,
  type Resource,
  type Route,
} from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import type { Targets } from '../rules/rule.ts'
import type { Row, Transaction } from '../storage/storage.ts'
import { completeRow } from './complete-row.ts'
import { insertRow } from './insert-row.ts'
import { judgeCreation } from './judge.ts'
import { isPossibleId, newId } from './new-id.ts'
import type { Answer, OperationRequest, World } from './request.ts'
import { plainView } from './view.ts'

/** `POST /v1/{type}`: the resource and what is inline with it are saved together, or not at all. */
export async function create({ resource }: Route, { storage, now }: World, request: OperationRequest): Promise<Answer> {
  const { team, origin, path } = request
  const creation = readCreate(resource, request.body)
  const moment = now()
  const made = await storage.write(async (transaction) => {
    const targets = await holdTargets(transaction, team, creation)
    refuseAny(await judgeCreation(creation, targets, { stored: transaction, team, now: moment }))
    return save(transaction, team, creation, moment)
  })
  const body = writeOne(resource, made.row, { ...plainView(origin), inclusions: made.inclusions }, `${origin}${path}`)
  return { status: 201, body, location: `${origin}/v1/${resource.type}/${made.row.id}` }
}

/** The rows that the creation links to, held until it is saved. One that is absent or foreign is refused. */
async function holdTargets(
  transaction: Transaction,
  team: number,
  { resource, links, pointer }: Creation,
): Promise<Targets> {
  const targets: Record<string, Row> = {}
  const problems: Problem[] = []
  for (const [name, id] of Object.entries(links)) {
    const target = targetOf(resource, name)
    const row = isPossibleId(id) ? await transaction.lock(target, team, id) : undefined
    if (row !== undefined) targets[name] = row
    else problems.push(invalidLink({ pointer }, name, id))
  }
  refuseAny(problems)
  return targets
}

function targetOf(resource: Resource, relationship: string): Resource {
  const target = resourceOfType(resource.relationships[relationship]?.target ?? '')
  if (target === undefined) throw new Error(`${resource.type}.${relationship} leads to a type that is not carried`)
  return target
}

interface Made {
  readonly row: Row
  readonly inclusions: readonly Inclusion[]
}

async function save(transaction: Transaction, team: number, creation: Creation, now: number): Promise<Made> {
  const { resource, links } = creation
  const row = completeRow(creation, newId(resource, links), links, now)
  await insertRow(transaction, resource, team, row)
  const inclusions: Inclusion[] = []
  for (const relationship of Object.keys(creation.inline)) {
    inclusions.push(await saveInline(transaction, team, creation, relationship, row.id, now))
  }
  for (const consequence of rulesOf(resource.type).created ?? []) await consequence(creation, row, transaction, team)
  return { row, inclusions }
}

async function saveInline(
  transaction: Transaction,
  team: number,
  { resource, inline }: Creation,
  relationship: string,
  parent: string,
  now: number,
): Promise<Inclusion> {
  const target = targetOf(resource, relationship)
  const definition = resource.relationships[relationship]
  if (definition?.cardinality !== 'many' || typeof definition.kept !== 'object' || !('inverse' in definition.kept)) {
    throw new Error(`${resource.type}.${relationship} cannot be made inline`)
  }
  const rows: Row[] = []
  for (const draft of inline[relationship] ?? []) {
    const links = { [definition.kept.inverse]: parent }
    const row = completeRow(draft, newId(target, links), links, now)
    await insertRow(transaction, target, team, row)
    rows.push(row)
  }
  // Unverified: whether Apple's answer shows what was made inline; no known client reads it (evidence 9).
  const limit = definition.includeLimit
  const shown = { rows: rows.slice(0, limit), total: rows.length }
  return { relationship, target, rowsByParent: new Map([[parent, shown]]), limit }
}
