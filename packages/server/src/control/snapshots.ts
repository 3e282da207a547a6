import { refuse } from '@clipflight/contract'
import type { Input, Output } from '@clipflight/control'
import { SEED_SNAPSHOT } from '../seed/index.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'
import { sayPresent } from './say-present.ts'
import { startAfresh } from './teams.ts'

export async function resetTeam(parts: ControlParts, { team }: Input<'resetTeam'>): Promise<undefined> {
  if (await restore(parts, team, SEED_SNAPSHOT)) return
  refuse({
    code: 'NOT_FOUND',
    detail: `Team ${team} has no seed to go back to: it was made by an older Clipflight, or without the control API.`,
  })
}

export async function restoreSnapshot(
  parts: ControlParts,
  { team, snapshot }: Input<'restoreSnapshot'>,
): Promise<undefined> {
  if (!(await restore(parts, team, snapshot))) await refuseUnknown(parts, team, snapshot)
}

async function restore(parts: ControlParts, team: number, name: string): Promise<boolean> {
  await findTeam(parts.storage, team)
  const isRestored = await parts.storage.write((transaction) => transaction.restoreSnapshot(team, name))
  if (isRestored) await startAfresh(parts, team, await parts.storage.listKeys(team))
  return isRestored
}

export async function listSnapshots(
  { storage }: ControlParts,
  { team }: Input<'listSnapshots'>,
): Promise<Output<'listSnapshots'>> {
  await findTeam(storage, team)
  const saved = (await storage.listSnapshots(team)).filter(({ name }) => name !== SEED_SNAPSHOT)
  return { snapshots: saved.map(({ name, savedAt }) => ({ name, savedAt: new Date(savedAt).toISOString() })) }
}

export async function saveSnapshot(
  { storage, clock, schedule }: ControlParts,
  { team, name }: Input<'saveSnapshot'>,
): Promise<Output<'saveSnapshot'>> {
  await findTeam(storage, team)
  await schedule.catchUp(team)
  const savedAt = clock.now()
  const replaced = await storage.write((transaction) => transaction.saveSnapshot(team, name, savedAt))
  return { name, savedAt: new Date(savedAt).toISOString(), replaced }
}

export async function deleteSnapshot(
  parts: ControlParts,
  { team, snapshot }: Input<'deleteSnapshot'>,
): Promise<undefined> {
  await findTeam(parts.storage, team)
  const isRemoved = await parts.storage.write((transaction) => transaction.removeSnapshot(team, snapshot))
  if (!isRemoved) await refuseUnknown(parts, team, snapshot)
}

async function refuseUnknown(parts: ControlParts, team: number, name: string): Promise<never> {
  const { snapshots } = await listSnapshots(parts, { team })
  const names = snapshots.map((each) => each.name)
  refuse({ code: 'NOT_FOUND', detail: `Team ${team} has no snapshot '${name}'. ${sayPresent(names)}` })
}
