import { generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto'
import { resources, type Draft, type Resource, type Role, type RowValue } from '@clipflight/contract'
import { SignJWT } from 'jose'
import { completeRow } from '../../packages/server/src/operations/complete-row.ts'
import { newId } from '../../packages/server/src/operations/new-id.ts'
import type { Storage, Transaction } from '../../packages/server/src/storage/storage.ts'

/** A key with its private half, as only a client has it. */
export interface TestKey {
  readonly id: string
  readonly privateKey: KeyObject
  readonly issuerId: string
  readonly individual: boolean
}

export interface TestTeam {
  readonly number: number
  readonly issuerId: string
  readonly keys: ReadonlyMap<Role, TestKey>
}

/** An app with one build that holds an app and an App Clip. */
export interface TestBuild {
  readonly app: string
  readonly version: string
  readonly build: string
  readonly appBundle: string
  readonly clipBundle: string
}

let counter = 0

function uniqueKeyId(): string {
  counter++
  return `K${process.pid.toString(36).toUpperCase()}${counter.toString(36).toUpperCase()}`.padEnd(10, 'X').slice(0, 10)
}

/** A team with a key for each of these roles. */
export async function makeTeam(storage: Storage, roles: readonly Role[] = ['ADMIN']): Promise<TestTeam> {
  const issuerId = randomUUID()
  const keys = new Map<Role, TestKey>()
  const number = await storage.write((transaction) => transaction.insertTeam({ name: 'Team', issuerId }))
  for (const role of roles) keys.set(role, await makeKey(storage, { number, issuerId }, [role]))
  return { number, issuerId, keys }
}

export async function makeKey(
  storage: Storage,
  team: { readonly number: number; readonly issuerId: string },
  roles: readonly Role[],
  { individual = false } = {},
): Promise<TestKey> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = uniqueKeyId()
  await storage.write((transaction) =>
    transaction.insertKey({
      id,
      team: team.number,
      issuerId: team.issuerId,
      name: roles.join(' '),
      roles,
      individual,
      publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      revokedAt: null,
    }),
  )
  return { id, privateKey, issuerId: team.issuerId, individual }
}

/** A token as most clients make it: ten minutes, team key or individual key. */
export async function tokenOf(key: TestKey, claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const who = key.individual ? { sub: 'user' } : { iss: key.issuerId }
  return new SignJWT({ ...who, iat: now, exp: now + 600, aud: 'appstoreconnect-v1', ...claims })
    .setProtectedHeader({ alg: 'ES256', kid: key.id, typ: 'JWT' })
    .sign(key.privateKey)
}

/** Saves a resource as an upload would, whatever the API lets clients set. Returns its id. */
export async function plant(
  transaction: Transaction,
  team: number,
  resource: Resource,
  attributes: Readonly<Record<string, RowValue>>,
  links: Readonly<Record<string, string>> = {},
): Promise<string> {
  const draft: Draft = { resource, pointer: '', attributes, links }
  const now = Date.now()
  const id = newId(resource, links)
  await transaction.insert(resource, team, completeRow(draft, id, links, now))
  return id
}

/** A new build of a new app, or of the app and version train given. */
export async function makeBuild(
  storage: Storage,
  team: number,
  {
    number = '1',
    bundleId = `com.example.app${++counter}.p${process.pid}`,
    ...given
  }: { number?: string; bundleId?: string; app?: string; version?: string } = {},
): Promise<TestBuild> {
  return storage.write(async (transaction) => {
    const app = given.app ?? (await plant(transaction, team, resources.apps, { name: 'Example Coffee', bundleId }))
    const version =
      given.version ?? (await plant(transaction, team, resources.preReleaseVersions, { version: '1.4' }, { app }))
    const build = await plant(
      transaction,
      team,
      resources.builds,
      { version: number },
      { app, preReleaseVersion: version },
    )
    const states = { internalBuildState: 'READY_FOR_BETA_TESTING', externalBuildState: 'READY_FOR_BETA_SUBMISSION' }
    await plant(transaction, team, resources.buildBetaDetails, states, { build })
    const appBundle = await plant(transaction, team, resources.buildBundles, { bundleType: 'APP', bundleId }, { build })
    const clip = { bundleType: 'APP_CLIP', bundleId: `${bundleId}.Clip` }
    const clipBundle = await plant(transaction, team, resources.buildBundles, clip, { build })
    return { app, version, build, appBundle, clipBundle }
  })
}
