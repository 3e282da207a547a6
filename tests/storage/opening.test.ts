import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { resources } from '@clipflight/contract'
import pg from 'pg'
import { openStorage, type StorageLocation } from '../../packages/server/src/storage/open.ts'
import { SQLITE_FILE } from '../../packages/server/src/storage/open-sqlite.ts'
import { StorageUnavailable } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase } from '../databases.ts'
import { addRow, addTeam, addTree } from './rows.ts'

const { apps, builds } = resources

/** What opening it says, which is one sentence for the owner. */
async function refusal(location: StorageLocation): Promise<string> {
  try {
    await (await openStorage(location)).close()
  } catch (error) {
    if (error instanceof StorageUnavailable) return error.message
    throw error
  }
  throw new Error('It opens.')
}

const FROM_THE_FUTURE = "insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2100-01-01')"

async function execute({ databaseUrl, dataDir }: StorageLocation, statement: string): Promise<void> {
  if (databaseUrl === undefined) {
    const db = new DatabaseSync(join(dataDir, SQLITE_FILE))
    db.exec(statement)
    db.close()
    return
  }
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(statement)
  await client.end()
}

for (const kind of databases) {
  describe(`opening on ${kind}`, () => {
    test('what was written is there after the next opening', async () => {
      const { location, discard } = await freshDatabase(kind)
      const first = await openStorage(location)
      const team = await addTeam(first)
      const row = await addRow(first, team, apps, { bundleId: 'com.example' })
      await first.close()

      const second = await openStorage(location)
      assert.deepEqual(await second.reader.find(apps, team, row.id), row)

      await second.close()
      await discard()
    })

    test('builds of a version that scheduled no expiry expire too, unless they have', async () => {
      const { location, discard } = await freshDatabase(kind)
      const first = await openStorage(location)
      const [going, gone] = [await addTeam(first), await addTeam(first)]
      const { build } = await addTree(first, going)
      const { build: expired } = await addTree(first, gone)
      await first.write(async (transaction) => {
        await transaction.update(builds, going, build.id, { expirationDate: 5 })
        await transaction.update(builds, gone, expired.id, { expired: true })
      })
      await first.close()
      await execute(location, "delete from kysely_migration where name = '0007-expiry'")

      const second = await openStorage(location)
      assert.deepEqual(await second.nextDue(), new Map([[going, 5]]))
      const [due] = await second.write((transaction) => transaction.takeDue(going, 5))
      assert.deepEqual(due?.change['builds'], { expired: true })

      await second.close()
      await discard()
    })

    test('a database of a newer version is refused', async () => {
      const { location, discard } = await freshDatabase(kind)
      await (await openStorage(location)).close()
      await execute(location, FROM_THE_FUTURE)

      assert.match(await refusal(location), /was written by a newer Clipflight/)

      await discard()
    })
  })
}

describe('opening SQLite', { skip: !databases.includes('sqlite') }, () => {
  const directories: string[] = []
  async function makeDirectory(): Promise<string> {
    const directory = await mkdtemp(join(tmpdir(), 'clipflight-'))
    directories.push(directory)
    return directory
  }
  after(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true }))))

  test('a second process is refused while the first has the database', async () => {
    const dataDir = await makeDirectory()
    const storage = await openStorage({ dataDir })
    const open = new URL('../../packages/server/src/storage/open.ts', import.meta.url).href
    const script = `import { openStorage } from ${JSON.stringify(open)}
      try { await openStorage({ dataDir: ${JSON.stringify(dataDir)} }) } catch ({ name, message }) { console.log(name, message) }`

    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=clipflight-source',
      '--input-type=module',
      '-e',
      script,
    ])

    assert.equal(
      stdout.trim(),
      `StorageUnavailable The database ${join(dataDir, SQLITE_FILE)} is in use by another process.`,
    )
    await storage.close()
  })

  test('a second storage of the same process is refused too, and leaves the first its locks', async () => {
    const dataDir = await makeDirectory()
    const storage = await openStorage({ dataDir })

    assert.match(await refusal({ dataDir }), /is in use/)
    assert.match(await refusal({ dataDir }), /is in use/)

    await storage.close()
  })

  test('only its owner can read the files', async () => {
    const dataDir = await makeDirectory()
    const storage = await openStorage({ dataDir })

    for (const file of [SQLITE_FILE, `${SQLITE_FILE}-wal`]) {
      assert.equal((await stat(join(dataDir, file))).mode & 0o777, 0o600, file)
    }

    await storage.close()
  })

  test('a file that is no database is refused and left as it is', async () => {
    const dataDir = await makeDirectory()
    await writeFile(join(dataDir, SQLITE_FILE), 'not a database '.repeat(100))

    assert.match(await refusal({ dataDir }), /clipflight\.sqlite is not a database\.$/)
    assert.equal((await stat(join(dataDir, SQLITE_FILE))).size, 1500)
  })

  test('a directory that is not there is refused', async () => {
    const dataDir = join(await makeDirectory(), 'missing')

    assert.match(await refusal({ dataDir }), /^The database .* cannot be made: ENOENT/)
  })

  test('databases in memory are apart from each other', async () => {
    const [one, other] = [await openStorage({ dataDir: ':memory:' }), await openStorage({ dataDir: ':memory:' })]
    await addTeam(one)

    assert.equal(await other.hasTeams(), false)

    await Promise.all([one.close(), other.close()])
  })
})

describe('opening PostgreSQL', { skip: !databases.includes('postgres') }, () => {
  const dataDir = 'not used'

  test('two nodes may open a new database at once', async () => {
    const { location, discard } = await freshDatabase('postgres')

    const storages = await Promise.all([openStorage(location), openStorage(location), openStorage(location)])
    const numbers = await Promise.all(storages.map(addTeam))

    assert.equal(new Set(numbers).size, 3)
    await Promise.all(storages.map((storage) => storage.close()))
    await discard()
  })

  test('what is wrong is said without the password', async () => {
    const { location, discard } = await freshDatabase('postgres')
    const change = (parts: Partial<Pick<URL, 'port' | 'pathname' | 'password'>>) =>
      refusal({ dataDir, databaseUrl: Object.assign(new URL(location.databaseUrl ?? ''), parts).href })
    const messages = [
      await change({ port: '1', password: 'geheim' }),
      await change({ pathname: '/missing' }),
      await change({ password: 'geheim' }),
      await refusal({ dataDir, databaseUrl: 'mysql://root:geheim@localhost/x' }),
      await refusal({ dataDir, databaseUrl: `${location.databaseUrl}?port=geheim` }),
    ]

    assert.match(messages[0] ?? '', /^The database postgres:\/\/127\.0\.0\.1:1\/\w+ cannot be reached: .*ECONNREFUSED/)
    assert.match(messages[1] ?? '', /\/missing does not exist\.$/)
    assert.match(messages[2] ?? '', /refuses the user or the password\.$/)
    assert.match(messages[3] ?? '', /is not one of PostgreSQL/)
    assert.match(messages[4] ?? '', /'port' behind it must be a number/)
    assert.equal(
      messages.some((message) => message.includes('geheim')),
      false,
    )
    await discard()
  })

  test('a database that has no place for every character is refused', async () => {
    const { location, discard } = await freshDatabase('postgres')
    const databaseUrl = `${location.databaseUrl}_latin`
    const name = new URL(databaseUrl).pathname.slice(1)
    const asLatin = "encoding 'LATIN1' template template0 locale_provider libc locale 'C'"
    await execute(location, `create database ${name} ${asLatin}`)

    assert.match(await refusal({ dataDir, databaseUrl }), /keeps text as LATIN1, and not as UTF8/)

    await execute(location, `drop database ${name}`)
    await discard()
  })

  test('a password that cuts its URL short is not repeated as a part of what it cut off', async () => {
    for (const cut of ['/geheim', '80/geheim', '80?geheim', '80#geheim', 'x@80/geheim']) {
      const message = await refusal({ dataDir, databaseUrl: `postgres://me:${cut}@127.0.0.1:1/name` })

      assert.match(message, /percent/)
      assert.equal(message.includes('geheim'), false)
    }
  })
})
