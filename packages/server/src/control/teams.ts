import { refuse } from '@clipflight/contract'
import type { Input, Key, KeyCreation, MadeKey, Output } from '@clipflight/control'
import { plantTeams, prepareKey, replantTeam, type PlantedTeam, type SeedKey } from '../seed/index.ts'
import type { ApiKey } from '../storage/storage.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'
import { readOneTeam, refusingSeeds } from './read-one-team.ts'

export async function listTeams({ storage }: ControlParts): Promise<Output<'listTeams'>> {
  const teams = await storage.listTeams()
  return { teams: teams.map(({ number, name, issuerId }) => ({ team: number, name, issuerId })) }
}

export async function createTeam(
  { storage, clock, schedule }: ControlParts,
  { name, seed: text = 'none', keys }: Input<'createTeam'>,
): Promise<Output<'createTeam'>> {
  const seed = await readOneTeam(text)
  const [{ issuerId, ...others }] = seed.teams
  // Other keys than the seed's are those of another issuer: so that one seed makes many teams.
  const keyed =
    keys === undefined
      ? { ...others, ...(issuerId === undefined ? {} : { issuerId }) }
      : { ...others, keys: keys.map((key) => ({ ...toSeedKey(key), at: others.at })) }
  const planted = await refusingSeeds(() =>
    plantTeams(
      storage,
      { ...seed, teams: [{ ...keyed, name: name ?? others.name }] },
      { now: clock.now(), forReset: true },
    ),
  )
  await schedule.reload()
  return showPlanted(planted)
}

function showPlanted([team]: readonly PlantedTeam[]): Output<'createTeam'> {
  if (team === undefined) throw new Error('A seed of one team was planted as none.')
  const { number, name, issuerId, keys, made } = team
  return {
    team: number,
    name,
    issuerId,
    keys: made.flatMap(({ id, privateKey }) => {
      const key = keys.find((each) => each.id === id)
      return key === undefined ? [] : [showMade(key, privateKey)]
    }),
  }
}

function toSeedKey({ name, roles = ['ADMIN'], individual = false }: KeyCreation): Omit<SeedKey, 'at'> {
  return { ...(name === undefined ? {} : { name }), roles, individual, revoked: false }
}

function showKey({ id, name, roles, individual, revokedAt }: Omit<ApiKey, 'team'>): Key {
  return { id, name, roles: [...roles], individual, revoked: revokedAt !== null }
}

function showMade(key: Omit<ApiKey, 'team'>, privateKey: string): MadeKey {
  return { ...showKey(key), issuerId: key.individual ? null : key.issuerId, privateKey }
}

export async function deleteTeam(parts: ControlParts, { team: number }: Input<'deleteTeam'>): Promise<undefined> {
  const { storage, forgetKey } = parts
  await findTeam(storage, number)
  const keys = await storage.listKeys(number)
  await storage.write((transaction) => transaction.removeTeam(number))
  for (const { id } of keys) forgetKey(id)
  await startAfresh(parts, number, keys)
}

/**
 * To be called when the rows of a team are others: what belongs to it and is no rows is gone, which is faults, what
 * they hid, logged requests, and what its keys have spent of their hour.
 */
export async function startAfresh(
  { faults, journal, schedule, giveBack }: ControlParts,
  number: number,
  keys: readonly ApiKey[],
): Promise<void> {
  faults.clear(number)
  journal.forgetTeam(number)
  for (const { id } of keys) giveBack(id)
  await schedule.reload()
}

export async function seedTeam(
  parts: ControlParts,
  { team: number, seed: text }: Input<'seedTeam'>,
): Promise<undefined> {
  const { storage, clock } = parts
  await findTeam(storage, number)
  const seed = await readOneTeam(text)
  await refusingSeeds(() => replantTeam(storage, number, seed, clock.now()))
  await startAfresh(parts, number, await storage.listKeys(number))
}

export async function listKeys({ storage }: ControlParts, { team }: Input<'listKeys'>): Promise<Output<'listKeys'>> {
  await findTeam(storage, team)
  return { keys: (await storage.listKeys(team)).map(showKey) }
}

export async function createKey(
  { storage, clock }: ControlParts,
  { team: number, ...given }: Input<'createKey'>,
): Promise<Output<'createKey'>> {
  const { issuerId } = await findTeam(storage, number)
  const { key, made } = prepareKey(toSeedKey(given), issuerId, clock.now())
  await storage.write((transaction) => transaction.insertKey({ ...key, team: number }))
  return showMade(key, made?.privateKey ?? '')
}

export async function revokeKey(
  { storage, clock, forgetKey }: ControlParts,
  { team, key: id }: Input<'revokeKey'>,
): Promise<undefined> {
  await findTeam(storage, team)
  const key = (await storage.listKeys(team)).find((each) => each.id === id)
  if (key === undefined) refuse({ code: 'NOT_FOUND', detail: `Team ${team} has no key '${id}'.` })
  await storage.write((transaction) => transaction.revokeKey(id, clock.now()))
  forgetKey(id)
}
