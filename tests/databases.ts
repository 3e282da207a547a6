import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import pg from 'pg'
import type { StorageLocation } from '../packages/server/src/storage/open.ts'
import { startPostgres, type PostgresServer } from './storage/start-postgres.ts'

export { startPostgres }

export type DatabaseKind = 'sqlite' | 'postgres'

const KINDS: readonly DatabaseKind[] = ['sqlite', 'postgres']

const wanted = process.env['DATABASES']?.split(',')

/** The databases to test on: both, or those that the environment's `DATABASES` names. */
export const databases: readonly DatabaseKind[] = KINDS.filter((kind) => wanted?.includes(kind) ?? true)

/** An empty database of one test. */
export interface FreshDatabase {
  readonly kind: DatabaseKind
  /** What `openStorage` takes. */
  readonly location: StorageLocation
  /** To be called when nothing has it open any more. */
  discard(): Promise<void>
}

export async function freshDatabase(kind: DatabaseKind): Promise<FreshDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'clipflight-'))
  const discardDirectory = () => rm(dataDir, { recursive: true, force: true })
  if (kind === 'sqlite') return { kind, location: { dataDir }, discard: discardDirectory }
  const url = await postgresUrl()
  const name = `test_${process.pid}_${(made += 1)}`
  await administer(url, `create database ${name}`)
  return {
    kind,
    location: { dataDir, databaseUrl: Object.assign(new URL(url), { pathname: `/${name}` }).href },
    async discard() {
      await administer(url, `drop database ${name} with (force)`)
      await discardDirectory()
    },
  }
}

let made = 0
let ownServer: Promise<PostgresServer> | undefined

/** The runner starts one server for all test files; a file that runs alone starts its own. */
async function postgresUrl(): Promise<string> {
  const shared = process.env['CLIPFLIGHT_TEST_POSTGRES']
  if (shared !== undefined) return shared
  ownServer ??= startPostgres()
  return (await ownServer).url
}

// The runner imports this file too, and a hook would make a test of it.
if (process.argv[1]?.endsWith('.test.ts') === true) {
  after(async () => {
    await (await ownServer)?.stop()
  })
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
