import { readUpdate, refuseAny, writeOne, type Route } from '@clipflight/contract'
import { rulesOf } from '../rules/index.ts'
import { changeRow } from './change-row.ts'
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
    refuseAny((rulesOf(resource.type).update ?? []).flatMap((rule) => rule(change, before)))
    return changeRow(transaction, resource, team, before, change, now())
  })
  return { status: 200, body: writeOne(resource, row, plainView(origin), `${origin}${path}`) }
}
