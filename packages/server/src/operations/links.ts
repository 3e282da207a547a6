import { readLinkage, refuseAny, type PairTable, type Problem, type Route } from '@clipflight/contract'
import type { Transaction } from '../storage/storage.ts'
import { isPossibleId } from './new-id.ts'
import { refuseAbsent, type Answer, type OperationRequest, type World } from './request.ts'

/** `POST /v1/{type}/{id}/relationships/{relationship}`: the links are there afterwards; those there before stay. */
export async function addLinks(route: Route, world: World, request: OperationRequest): Promise<Answer> {
  return writeLinkage(route, world, request, (transaction, through, ids) =>
    transaction.pair(through, request.team, ids),
  )
}

/** `DELETE /v1/{type}/{id}/relationships/{relationship}`: the links are not there afterwards. */
export async function removeLinks(route: Route, world: World, request: OperationRequest): Promise<Answer> {
  return writeLinkage(route, world, request, (transaction, through, ids) =>
    transaction.unpair(through, request.team, ids),
  )
}

type WriteLink = (transaction: Transaction, through: PairTable, ids: readonly [string, string]) => Promise<void>

async function writeLinkage(
  route: Route,
  { storage }: World,
  request: OperationRequest,
  write: WriteLink,
): Promise<Answer> {
  const { resource, relationship } = route
  const kept = relationship?.definition.kept
  if (relationship === undefined || typeof kept !== 'object' || !('through' in kept)) {
    throw new Error(`${route.path} writes links that are not kept in pairs`)
  }
  const { team, id, body } = request
  const { target } = relationship
  const others = readLinkage(target, body)
  if (!isPossibleId(id)) refuseAbsent(resource, id)
  await storage.write(async (transaction) => {
    if ((await transaction.lock(resource, team, id)) === undefined) refuseAbsent(resource, id)
    const problems: Problem[] = []
    for (const other of others) {
      const row = isPossibleId(other) ? await transaction.find(target, team, other) : undefined
      // Observed: evidence 8 and no. 14 (a write to a relationship answers 404 for a target that is not there).
      if (row === undefined) {
        problems.push({ code: 'NOT_FOUND', detail: `There is no resource of type '${target.type}' with id '${other}'` })
      }
    }
    refuseAny(problems)
    for (const other of others) {
      await write(transaction, kept.through, kept.through.ends[0] === resource.type ? [id, other] : [other, id])
    }
  })
  return { status: 204 }
}
