import { randomInt, randomUUID } from 'node:crypto'
import { canBeWritten, type Draft } from '@clipflight/contract'
import type { FileProblem, Place } from '@clipflight/yaml-text'
import { completeRow } from '../operations/complete-row.ts'
import { insertRow } from '../operations/insert-row.ts'
import { newId } from '../operations/new-id.ts'
import { rulesOf } from '../rules/index.ts'
import type { Targets } from '../rules/rule.ts'
import { Conflict, type ApiKey, type Row, type Storage, type Transaction } from '../storage/storage.ts'
import type { MadeKey } from './made-key.ts'
import { makeKeyPair } from './make-key-pair.ts'
import { toRowValue } from './moments.ts'
import { SeedRefused, type Seed, type SeedItem, type SeedKey, type SeedTeam } from './seed.ts'

export interface Planting {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Whether each team can be reset to the seed. It costs as much as planting its rows once more. */
  readonly forReset?: boolean
}

export interface FirstPlanting extends Planting {
  /**
   * Puts the made keys away, once more when the database asks to run it all again. Done before anything is stored: a
   * crash in between leaves files without a meaning, and never a service that nobody has a key to.
   */
  readonly keepKeys?: (keys: readonly MadeKey[]) => Promise<void>
}

/** A team that was planted. */
export interface PlantedTeam {
  readonly number: number
  readonly name: string
  readonly issuerId: string
  readonly keys: readonly Omit<ApiKey, 'team'>[]
  /** Of the keys, those that were made. */
  readonly made: readonly MadeKey[]
}

/**
 * PostgreSQL counts a table by itself a minute after it was filled, and takes it for empty until then: snapshots, copies and
 * further teams of 10,000 invocations took two to six times as long (measured). Counting takes half a second.
 */
const MUCH_ROWS = 1000

async function measureIfMuch(storage: Storage, plots: readonly Plot[]): Promise<void> {
  if (plots.reduce((sum, { drafts }) => sum + drafts.size, 0) >= MUCH_ROWS) await storage.measure()
}

/** The snapshot that resets lead to. No snapshot that people save can have its name. */
export const SEED_SNAPSHOT = ''

/**
 * Stores everything a seed describes in a database without teams, or nothing, and returns the keys that were made for
 * it. Undefined when there are teams.
 */
export async function plantSeed(
  storage: Storage,
  seed: Seed,
  { keepKeys, ...planting }: FirstPlanting,
): Promise<readonly MadeKey[] | undefined> {
  const plots = prepareTeams(seed, planting.now)
  const made = plots.flatMap(madeKeys)
  const planted = await storage.write(async (transaction) => {
    // Another service that plants holds the count, and is waited for here.
    const numbers = await takeNumbers(transaction, plots)
    if (await transaction.hasTeams()) return undefined
    await keepKeys?.(made)
    await plantPlots(transaction, plots, numbers, { seed, ...planting })
    return made
  })
  if (planted !== undefined) await measureIfMuch(storage, plots)
  return planted
}

/** Stores every team of a seed beside those that there are, or none, and returns them. */
export async function plantTeams(storage: Storage, seed: Seed, planting: Planting): Promise<readonly PlantedTeam[]> {
  const plots = prepareTeams(seed, planting.now)
  // Beforehand: those who plant many teams at once wait for a number, and not for each other's rows.
  const numbers = await storage.write((transaction) => takeNumbers(transaction, plots))
  await storage.write((transaction) => plantPlots(transaction, plots, numbers, { seed, ...planting }))
  await measureIfMuch(storage, plots)
  return plots.map((plot, index) => ({
    number: numbers[index] ?? 0,
    name: plot.team.name,
    issuerId: plot.issuerId,
    keys: plot.keys.map(({ key }) => key),
    made: madeKeys(plot),
  }))
}

async function takeNumbers(transaction: Transaction, plots: readonly Plot[]): Promise<readonly number[]> {
  const numbers: number[] = []
  for (const _ of plots) numbers.push(await transaction.takeTeamNumber())
  return numbers
}

async function plantPlots(
  transaction: Transaction,
  plots: readonly (Plot & Keyed)[],
  numbers: readonly number[],
  { seed, now, forReset = false }: Ground & Planting,
): Promise<void> {
  const problems: FileProblem[] = []
  for (const [index, plot] of plots.entries()) {
    const number = numbers[index] ?? 0
    await plantTeam(transaction, plot, number, seed.fileName)
    problems.push(...(await plantItems(transaction, number, plot, { seed, now })))
    if (forReset) await transaction.saveSnapshot(number, SEED_SNAPSHOT, now)
  }
  if (problems.length > 0) throw new SeedRefused(seed.fileName, problems)
}

/** Makes the rows of a team those of the one team of a seed, to which resets lead from then on. Its keys stay. */
export async function replantTeam(storage: Storage, number: number, seed: Seed, now: number): Promise<void> {
  const plots = preparePlots(seed, now)
  await storage.write(async (transaction) => {
    await transaction.clearRows(number)
    const problems: FileProblem[] = []
    for (const plot of plots) problems.push(...(await plantItems(transaction, number, plot, { seed, now })))
    if (problems.length > 0) throw new SeedRefused(seed.fileName, problems)
    await transaction.saveSnapshot(number, SEED_SNAPSHOT, now)
  })
  await measureIfMuch(storage, plots)
}

/** The items of a team, with everything decided that must not change when the database asks to run it all again. */
interface Plot {
  readonly team: SeedTeam
  readonly drafts: ReadonlyMap<SeedItem, PlotItem>
}

interface PlotItem {
  readonly draft: Draft
  readonly targets: Targets
  readonly row: Row
}

interface Keyed {
  readonly issuerId: string
  readonly keys: readonly PreparedKey[]
}

interface PreparedKey {
  readonly key: Omit<ApiKey, 'team'>
  readonly made: MadeKey | undefined
}

function prepareTeams(seed: Seed, now: number): readonly (Plot & Keyed)[] {
  return preparePlots(seed, now).map((plot) => ({ ...plot, ...prepareKeys(plot.team, now) }))
}

function preparePlots({ teams, fileName }: Seed, now: number): readonly Plot[] {
  const plots = teams.map((team) => preparePlot(team, now))
  const problems = plots.flatMap(({ drafts }) => [...drafts].flatMap(([item, { row }]) => datesOutOfReach(item, row)))
  if (problems.length > 0) throw new SeedRefused(fileName, problems)
  return plots
}

function madeKeys({ keys }: Keyed): readonly MadeKey[] {
  return keys.flatMap(({ made }) => made ?? [])
}

function prepareKeys(team: SeedTeam, now: number): Keyed {
  const issuerId = team.issuerId ?? randomUUID()
  return { issuerId, keys: team.keys.map((key) => prepareKey(key, issuerId, now)) }
}

function preparePlot(team: SeedTeam, now: number): Plot {
  const drafts = new Map<SeedItem, PlotItem>()
  for (const item of team.items) {
    const targets = Object.fromEntries(
      Object.entries(item.links).map(([name, target]) => {
        const linked = drafts.get(target)
        if (linked === undefined) throw new Error(`'${item.resource.type}' stands before its '${name}'`)
        return [name, linked.row]
      }),
    )
    const links = Object.fromEntries(Object.entries(targets).map(([name, { id }]) => [name, id]))
    const given = Object.fromEntries(
      Object.entries(item.attributes).flatMap(([name, value]) => {
        const attribute = item.resource.attributes[name]
        return attribute === undefined ? [] : [[name, toRowValue(attribute, value, now)]]
      }),
    )
    const attributes = { ...rulesOf(item.resource.type).begins?.(targets), ...given }
    const draft = { resource: item.resource, pointer: '', attributes, links }
    const id = item.id ?? newId(item.resource, links)
    drafts.set(item, { draft, targets, row: completeRow(draft, id, links, now) })
  }
  return { team, drafts }
}

/** Where a date is none, though what the file says was found sound: how far a duration leads depends on the moment. */
function datesOutOfReach({ resource, at }: SeedItem, row: Row): FileProblem[] {
  return Object.entries(resource.attributes).flatMap(([name, { kind }]) => {
    const value = row[name]
    const isSound = kind.storedAs === 'instant' ? canBeWritten(Number(value)) : kind.complain(value, name) === undefined
    return value === null || isSound ? [] : [{ ...at, reason: `'${name}' comes to lie outside of the years 1 to 9999` }]
  })
}

/** A key of a team, and its private half where there was none yet. */
export function prepareKey(key: Omit<SeedKey, 'at'>, issuerId: string, now: number): PreparedKey {
  const { individual, revoked, roles } = key
  const id = key.id ?? newKeyId()
  const pair = key.publicKey === undefined ? makeKeyPair() : undefined
  return {
    key: {
      id,
      issuerId,
      name: key.name ?? (individual ? `Individual key ${id}` : `Team key ${id}`),
      roles,
      individual,
      publicKey: key.publicKey ?? pair?.publicKey ?? '',
      revokedAt: revoked ? now : null,
    },
    made: pair && { id, issuerId: individual ? undefined : issuerId, revoked, privateKey: pair.privateKey },
  }
}

const KEY_ID_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const KEY_ID_LENGTH = 10

function newKeyId(): string {
  return Array.from({ length: KEY_ID_LENGTH }, () => KEY_ID_CHARACTERS[randomInt(KEY_ID_CHARACTERS.length)]).join('')
}

interface Ground {
  readonly seed: Seed
  readonly now: number
}

async function plantTeam(
  transaction: Transaction,
  { team, issuerId, keys }: Plot & Keyed,
  number: number,
  fileName: string,
): Promise<void> {
  const placing = placer(fileName)
  await placing(team.at, transaction.insertTeam({ number, name: team.name, issuerId }))
  for (const [index, { key }] of keys.entries()) {
    await placing(team.keys[index]?.at ?? team.at, transaction.insertKey({ ...key, team: number }))
  }
}

/**
 * Returns what the rules of the resources have against the team's items. Those are stored all the same, so
 * that what stands under them can be looked at too; the caller takes everything back.
 */
async function plantItems(
  transaction: Transaction,
  number: number,
  { team, drafts }: Plot,
  { seed, now }: Ground,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = []
  const placing = placer(seed.fileName)
  for (const [item, { draft, targets, row }] of drafts) {
    for (const rule of rulesOf(item.resource.type).create ?? []) {
      const found = await rule({ ...draft, inline: {} }, targets, { stored: transaction, team: number, now })
      problems.push(...found.map(({ detail, code }) => ({ ...item.at, reason: detail ?? code })))
    }
    await placing(item.at, insertRow(transaction, item.resource, number, row))
  }
  for (const { through, ends } of team.pairs) {
    const [first, second] = ends.map((item) => drafts.get(item)?.row.id ?? '')
    await transaction.pair(through, number, [first ?? '', second ?? ''])
  }
  return problems
}

/** Gives a write that lost against a unique set its line in the file. */
function placer(fileName: string): <T>(at: Place, write: Promise<T>) => Promise<T> {
  return async ({ line, column }, write) => {
    try {
      return await write
    } catch (error) {
      if (!(error instanceof Conflict)) throw error
      throw new SeedRefused(fileName, [
        { line, column, reason: 'the database already has this, or something that must differ from it' },
      ])
    }
  }
}
