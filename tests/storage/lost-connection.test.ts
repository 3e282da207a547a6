import assert from 'node:assert/strict'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { resources } from '@clipflight/contract'
import pg from 'pg'
import { createSchedule } from '../../packages/server/src/clock/schedule.ts'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { StorageUnavailable, type Storage, type Transaction } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase } from '../databases.ts'
import { addTeam, addTree } from './rows.ts'

const END_THE_OTHERS =
  'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()'

const team = (name: string) => ({ name, issuerId: `00000000-0000-4000-8000-${name.padEnd(12, '0')}` })

describe('a connection that PostgreSQL ends', { skip: !databases.includes('postgres') }, () => {
  it('in the middle of a write fails that write only, and the next one goes through', async (t) => {
    const { storage, databaseUrl } = await open(t)
    const killer = new pg.Client(databaseUrl)
    await killer.connect()

    const lost = storage.write(async (transaction) => {
      await transaction.insertTeam(team('a'))
      await killer.query(END_THE_OTHERS)
      await killer.end()
      return transaction.insertTeam(team('b'))
    })

    await assert.rejects(lost)
    assert.equal(typeof (await storage.write((transaction) => transaction.insertTeam(team('c')))), 'number')
  })

  it('in the breath in which it begins fails one read, and the process lives', async (t) => {
    const gateway = await startGateway(t)
    const { storage } = await open(t, (url) => gateway.lead(url))

    gateway.endNextConnection()
    // More than there are connections yet.
    const reads = await Promise.allSettled(
      Array.from({ length: 8 }, () => storage.read((reader) => reader.find(resources.apps, 1, '0'))),
    )

    const lost = reads.filter(({ status }) => status === 'rejected')
    assert.equal(lost.length, 1)
    assert.ok(lost.every((read) => 'reason' in read && read.reason instanceof StorageUnavailable))
    assert.deepEqual(await storage.listTeams(), [])
  })
})

/** By setting, a write that it ends while somebody else holds the count of teams. */
const TIME_LIMITS = {
  statement_timeout: (transaction: Transaction) => transaction.takeTeamNumber(),
  lock_timeout: (transaction: Transaction) => transaction.takeTeamNumber(),
  idle_in_transaction_session_timeout: async (transaction: Transaction, ended: () => Promise<unknown>) => {
    await transaction.listTeams()
    await ended()
    return transaction.takeTeamNumber()
  },
}

describe('a time limit of PostgreSQL', { skip: !databases.includes('postgres') }, () => {
  for (const [setting, write] of Object.entries(TIME_LIMITS)) {
    it(`such as ${setting} ends a write as a database does that is away`, async (t) => {
      const { databaseUrl } = await open(t)
      const storage = await openStorage({ dataDir: '', databaseUrl: withSetting(databaseUrl, setting, '500ms') })
      t.after(() => storage.close())
      const other = new pg.Client(databaseUrl)
      await other.connect()
      await other.query('begin')
      await other.query('update team_count set last = last')

      await assert.rejects(
        storage.write((transaction) => write(transaction, () => untilAlone(other))),
        StorageUnavailable,
      )

      await other.query('rollback')
      await other.end()
      assert.equal(typeof (await storage.write((transaction) => transaction.takeTeamNumber())), 'number')
    })
  }
})

describe('a schedule that could not be read again', { skip: !databases.includes('postgres') }, () => {
  it('is read with the next request, and what was scheduled meanwhile happens', async (t) => {
    const { storage, databaseUrl } = await open(t)
    const timed = await openStorage({ dataDir: '', databaseUrl: withSetting(databaseUrl, 'lock_timeout', '500ms') })
    t.after(() => timed.close())
    const schedule = createSchedule({ storage: timed, now: () => 10 })
    const owner = await addTeam(storage)
    const { build } = await addTree(storage, owner)
    await storage.write((transaction) =>
      transaction.schedule({ team: owner, id: 'a', at: 5, build: build.id, change: { builds: { expired: true } } }),
    )
    const other = new pg.Client(databaseUrl)
    await other.connect()
    await other.query('begin')
    await other.query('lock table scheduled_changes')

    await assert.rejects(schedule.reload(), StorageUnavailable)
    await other.query('rollback')
    await other.end()
    await schedule.catchUp(owner)

    assert.equal((await storage.reader.find(resources.builds, owner, build.id))?.['expired'], true)
    assert.equal(schedule.isDue(owner), false)
  })
})

/** Every connection that is made by the URL has it. */
function withSetting(url: string, setting: string, value: string): string {
  const changed = new URL(url)
  changed.searchParams.set('options', `-c ${setting}=${value}`)
  return changed.href
}

const IN_A_TRANSACTION =
  "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'"

async function untilAlone(client: pg.Client): Promise<void> {
  // In a transaction the view stays as it was first read, unless told.
  while ((await client.query(IN_A_TRANSACTION)).rows.length > 0) await client.query('select pg_stat_clear_snapshot()')
}

async function open(
  t: TestContext,
  lead: (url: string) => string = (url) => url,
): Promise<{ readonly storage: Storage; readonly databaseUrl: string }> {
  const fresh = await freshDatabase('postgres')
  const { databaseUrl = '' } = fresh.location
  const storage = await openStorage({ ...fresh.location, databaseUrl: lead(databaseUrl) })
  t.after(async () => {
    await storage.close()
    await fresh.discard()
  })
  return { storage, databaseUrl }
}

/** `ReadyForQuery`, idle: https://www.postgresql.org/docs/current/protocol-message-formats.html */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])

/** `ErrorResponse`, as the server writes it before it ends a connection. */
function goodbye(): Buffer {
  const fields = 'SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'
  const head = Buffer.alloc(5, 'E')
  head.writeInt32BE(4 + fields.length, 1)
  return Buffer.concat([head, Buffer.from(fields)])
}

interface Gateway {
  /** The URL by which one comes through here. */
  lead(url: string): string
  /** The next connection hears that it is ready and that it is over in one piece, as happens when both come at once. */
  endNextConnection(): void
}

async function startGateway(t: TestContext): Promise<Gateway> {
  let target = new URL('postgres://127.0.0.1')
  let isArmed = false
  const gateway: Server = createServer((socket) => {
    const ends = isArmed
    isArmed = false
    const server = connect(Number(target.port), target.hostname)
    for (const side of [socket, server])
      side.on('error', () => {}).on('close', () => void (socket.destroy(), server.destroy()))
    socket.pipe(server)
    server.on('data', (bytes) => {
      if (ends && bytes.subarray(-READY.length).equals(READY)) socket.end(Buffer.concat([bytes, goodbye()]))
      else socket.write(bytes)
    })
  })
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve))
  t.after(() => gateway.close())
  return {
    lead(url) {
      target = new URL(url)
      const led = new URL(url)
      led.hostname = '127.0.0.1'
      led.port = String((gateway.address() as AddressInfo).port)
      return led.href
    },
    endNextConnection() {
      isArmed = true
    },
  }
}
