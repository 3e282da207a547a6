import type { Route } from '@clipflight/contract'
import { isPossibleId } from './new-id.ts'
import { refuseAbsent, type Answer, type OperationRequest, type World } from './request.ts'

/** `DELETE /v1/{type}/{id}`: the resource is gone, and with it what cannot be without it. */
export async function remove({ resource }: Route, { storage }: World, { team, id }: OperationRequest): Promise<Answer> {
  if (!isPossibleId(id)) refuseAbsent(resource, id)
  await storage.write(async (transaction) => {
    const row = await transaction.lock(resource, team, id)
    if (row === undefined) refuseAbsent(resource, id)
    await transaction.remove(resource, team, id)
  })
  return { status: 204 }
}
