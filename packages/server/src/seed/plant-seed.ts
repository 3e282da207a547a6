import { generateKeyPairSync, randomInt, randomUUID } from 'node:crypto'
import type { Draft } from '@clipflight/contract'
import type { FileProblem, Place } from '@clipflight/yaml-text'
import { completeRow } from '../operations/complete-row.ts'
import { newId } from '../operations/new-id.ts'
import { rulesOf } from '../rules/index.ts'
import { Conflict, type ApiKey, type Row, type Storage, type Transaction } from '../storage/storage.ts'
import type { MadeKey } from './made-key.ts'
import { toRowValue } from './moments.ts'
import { SeedRefused, type Seed, type SeedItem, type SeedKey, type SeedTeam } from './seed.ts'

export interface Planting {
  /** Milliseconds since 1970. */
  readonly now: number
  /**
   * Puts the made keys away. Done before anything is stored: a crash in between leaves files without a
   * meaning, and never a service that nobody has a key to.
   */
  readonly keepKeys?: (keys: readonly MadeKey[]) => Promise<void>
}

/** Stores everything a seed describes, or nothing, and returns the keys that were made for it. */
export async function plantSeed(
  storage: Storage,
  seed: Seed,
  { now, keepKeys }: Planting,
): Promise<readonly MadeKey[]> {
  const plots = seed.teams.map((team) => preparePlot(team, now))
  const made = plots.flatMap(({ keys }) => keys.flatMap(({ made: key }) => key ?? []))
  await keepKeys?.(made)
  await storage.write(async (transaction) => {
    const problems: FileProblem[] = []
    for (const plot of plots) problems.push(...(await plantTeam(transaction, plot, { seed, now })))
    if (problems.length > 0) throw new SeedRefused(seed.fileName, problems)
  })
  return made
}

/** A team with everything decided that must not change when the database asks to run the transaction again. */
interface Plot {
  readonly team: SeedTeam
  readonly issuerId: string
  readonly keys: readonly { readonly key: Omit<ApiKey, 'team'>; readonly made: MadeKey | undefined }[]
  readonly drafts: ReadonlyMap<SeedItem, { readonly draft: Draft; readonly row: Row }>
}

function preparePlot(team: SeedTeam, now: number): Plot {
  const issuerId = team.issuerId ?? randomUUID()
  const drafts = new Map<SeedItem, { readonly draft: Draft; readonly row: Row }>()
  for (const [index, item] of team.items.entries()) {
    const links = Object.fromEntries(
      Object.entries(item.links).map(([name, target]) => {
        const linked = drafts.get(target)
        if (linked === undefined) throw new Error(`'${item.resource.type}' stands before its '${name}'`)
        return [name, linked.row.id]
      }),
    )
    const attributes = Object.fromEntries(
      Object.entries(item.attributes).flatMap(([name, value]) => {
        const attribute = item.resource.attributes[name]
        return attribute === undefined ? [] : [[name, toRowValue(attribute, value, now)]]
      }),
    )
    const draft = { resource: item.resource, pointer: '', attributes, links }
    // Ids order rows by the moment they were made; a millisecond each keeps them in the order of the file.
    const id = item.id ?? newId(item.resource, now - team.items.length + index, links)
    drafts.set(item, { draft, row: completeRow(draft, id, links, now) })
  }
  return { team, issuerId, keys: team.keys.map((key) => prepareKey(key, issuerId, now)), drafts }
}

function prepareKey(key: SeedKey, issuerId: string, now: number): Plot['keys'][number] {
  const { individual, revoked, roles } = key
  const id = key.id ?? newKeyId()
  const pair = key.publicKey === undefined ? makePair() : undefined
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

function makePair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
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

/**
 * Returns what the rules of the resources have against the team's items. Those are stored all the same, so
 * that what stands under them can be looked at too; the caller takes everything back.
 */
async function plantTeam(
  transaction: Transaction,
  { team, issuerId, keys, drafts }: Plot,
  { seed, now }: Ground,
): Promise<FileProblem[]> {
  const problems: FileProblem[] = []
  const placing = placer(seed.fileName)
  const number = await placing(team.at, transaction.insertTeam({ name: team.name, issuerId }))
  for (const [index, { key }] of keys.entries()) {
    await placing(team.keys[index]?.at ?? team.at, transaction.insertKey({ ...key, team: number }))
  }
  for (const [item, { draft, row }] of drafts) {
    const targets = Object.fromEntries(
      Object.entries(item.links).flatMap(([name, target]) => {
        const linked = drafts.get(target)
        return linked === undefined ? [] : [[name, linked.row]]
      }),
    )
    for (const rule of rulesOf(item.resource.type).create ?? []) {
      const found = await rule({ ...draft, inline: {} }, targets, { stored: transaction, team: number, now })
      problems.push(...found.map(({ detail, code }) => ({ ...item.at, reason: detail ?? code })))
    }
    await placing(item.at, transaction.insert(item.resource, number, row))
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
