import { randomUUID } from 'node:crypto'
import { resources, type Resource, type RowValue } from '@clipflight/contract'
import type { Row, Storage, Transaction } from '../../packages/server/src/storage/storage.ts'

const { apps, appClips, preReleaseVersions, builds, buildBundles, betaAppClipInvocations } = resources
const { betaAppClipInvocationLocalizations } = resources

const SAMPLES = { text: 'text', integer: 0, boolean: false, instant: 0, json: {} } as const

/** A row with every column: what is given, null where that is allowed, and otherwise something. */
export function rowOf(resource: Resource, given: Readonly<Record<string, RowValue>>): Row {
  const row: Record<string, RowValue> = {}
  for (const [name, { kind, nullable }] of Object.entries(resource.attributes)) {
    row[name] = nullable === true ? null : (kind.values?.[0] ?? SAMPLES[kind.storedAs])
  }
  for (const [name, { kept }] of Object.entries(resource.relationships)) if (kept === 'column') row[name] = null
  return { id: randomUUID(), ...row, ...given }
}

export async function insertRow(
  transaction: Transaction,
  team: number,
  resource: Resource,
  given: Readonly<Record<string, RowValue>>,
): Promise<Row> {
  const row = rowOf(resource, given)
  await transaction.insert(resource, team, row)
  return row
}

export function addRow(
  storage: Storage,
  team: number,
  resource: Resource,
  given: Readonly<Record<string, RowValue>>,
): Promise<Row> {
  return storage.write((transaction) => insertRow(transaction, team, resource, given))
}

export function addTeam(storage: Storage): Promise<number> {
  return storage.write((transaction) => transaction.insertTeam({ name: 'A team', issuerId: randomUUID() }))
}

/** One row of most types, each under the one before. */
export interface Tree {
  readonly app: Row
  readonly clip: Row
  readonly version: Row
  readonly build: Row
  readonly bundle: Row
}

export function addTree(storage: Storage, team: number): Promise<Tree> {
  return storage.write(async (transaction) => {
    const app = await insertRow(transaction, team, apps, { bundleId: `com.example.${randomUUID()}` })
    const clip = await insertRow(transaction, team, appClips, { bundleId: `${app['bundleId']}.Clip`, app: app.id })
    const version = await insertRow(transaction, team, preReleaseVersions, { version: '1.0', app: app.id })
    const build = await insertRow(transaction, team, builds, {
      version: '1',
      preReleaseVersion: version.id,
      app: app.id,
    })
    const bundle = await insertRow(transaction, team, buildBundles, { build: build.id })
    return { app, clip, version, build, bundle }
  })
}

export function insertInvocation(
  transaction: Transaction,
  team: number,
  buildBundle: string,
  url: string,
): Promise<Row> {
  return insertRow(transaction, team, betaAppClipInvocations, { url, buildBundle })
}

/** With a title for each of the locales. */
export async function addInvocation(
  storage: Storage,
  team: number,
  bundle: string,
  url: string,
  locales: readonly string[] = [],
): Promise<Row> {
  return storage.write(async (transaction) => {
    const invocation = await insertInvocation(transaction, team, bundle, url)
    for (const locale of locales) {
      const given = { title: `Title in ${locale}`, locale, betaAppClipInvocation: invocation.id }
      await insertRow(transaction, team, betaAppClipInvocationLocalizations, given)
    }
    return invocation
  })
}
