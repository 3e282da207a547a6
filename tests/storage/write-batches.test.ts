import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { sql, SqliteDialect } from 'kysely'
import { compilerFor, type Session } from '../../packages/server/src/storage/database.ts'
import { sharedTransaction } from '../../packages/server/src/storage/open-sqlite.ts'
import { WriteBatches } from '../../packages/server/src/storage/write-batches.ts'

const compile = compilerFor(new SqliteDialect({ database: () => Promise.reject(new Error('only text is made')) }))
const insertLost = compile<undefined>(() => sql`insert into child (parent) values (1)`)
const insertParent = (id: number) => compile<undefined>(() => sql`insert into parent (id) values (${sql.lit(id)})`)
const insertRoot = insertParent(4)
/** Where that parent is there already, SQLite ends the whole transaction. */
const insertOrEnd = compile<undefined>(() => sql`insert or rollback into parent (id) values (1)`)
const selectParents = compile<undefined>(() => sql`select id from parent`)

/** A real database whose commit fails while a child has no parent, and the statements it was given. */
function openBatches() {
  const db = new DatabaseSync(':memory:')
  db.exec(`create table parent (id integer primary key);
    create table child (parent integer references parent (id) deferrable initially deferred)`)
  const statements: string[] = []
  const run = (text: string) => {
    statements.push(text)
    return db.prepare(text).all()
  }
  const session: Session = {
    async execute({ text }) {
      run(text)
      return []
    },
  }
  const countRows = () =>
    db.prepare('select (select count(*) from parent) + (select count(*) from child) as rows').get()?.['rows']
  return { batches: new WriteBatches(sharedTransaction(db, run), session), statements, countRows }
}

test('writes that wait in the same turn share one commit', async () => {
  const { batches, statements, countRows } = openBatches()

  await Promise.all([1, 2, 3].map((id) => batches.add((session) => session.execute(insertParent(id), undefined))))

  assert.equal(statements.filter((text) => text === 'commit').length, 1)
  assert.equal(countRows(), 3)
})

test('a write that is refused before it wrote anything is not run again, nor are its neighbours', async () => {
  const { batches, statements, countRows } = openBatches()
  let runs = 0

  const settled = await Promise.allSettled([
    batches.add((session) => session.execute(insertParent(1), undefined)),
    batches.add(async (session) => {
      runs += 1
      await session.execute(selectParents, undefined)
      throw new Error('refused')
    }),
    batches.add((session) => session.execute(insertParent(2), undefined)),
  ])

  assert.deepEqual(
    settled.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled'],
  )
  assert.equal(runs, 1)
  assert.equal(countRows(), 2)
  assert.deepEqual(
    statements.filter((text) => text.includes('savepoint')),
    [],
  )
})

test('a write that fails after it wrote leaves nothing, and takes nothing of its neighbours along', async () => {
  const { batches, countRows } = openBatches()

  const settled = await Promise.allSettled([
    batches.add((session) => session.execute(insertParent(1), undefined)),
    batches.add(async (session) => {
      await session.execute(insertParent(2), undefined)
      throw new Error('failed')
    }),
    batches.add((session) => session.execute(insertParent(1), undefined)),
    batches.add((session) => session.execute(insertParent(3), undefined)),
  ])

  assert.deepEqual(
    settled.map(({ status }) => status),
    ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
  )
  assert.equal(countRows(), 2)
})

test('what was refused because of a neighbour that fails then goes through, and each is run twice at most', async () => {
  const { batches, countRows } = openBatches()
  const runs = [0, 0]
  let isThere = false

  const settled = await Promise.allSettled([
    batches.add(async (session) => {
      runs[0] = (runs[0] ?? 0) + 1
      await session.execute(insertParent(1), undefined)
      isThere = runs[0] === 1
      if (!isThere) throw new Error('failed')
    }),
    batches.add(async (session) => {
      runs[1] = (runs[1] ?? 0) + 1
      await session.execute(selectParents, undefined)
      if (isThere) throw new Error('refused')
      await session.execute(insertParent(1), undefined)
    }),
    batches.add(async (session) => {
      await session.execute(insertParent(3), undefined)
      if (runs[1] === 1) throw new Error('failed')
    }),
  ])

  assert.deepEqual(
    settled.map(({ status }) => status),
    ['rejected', 'fulfilled', 'fulfilled'],
  )
  assert.deepEqual(runs, [2, 2])
  assert.equal(countRows(), 2)
})

test('a transaction that the database ends takes its batch along, and the next batch goes through', async () => {
  const { batches, countRows } = openBatches()

  const settled = await Promise.allSettled([
    batches.add((session) => session.execute(insertParent(1), undefined)),
    batches.add((session) => session.execute(insertParent(2), undefined)),
  ])
  const ended = await Promise.allSettled([
    batches.add((session) => session.execute(insertParent(3), undefined)),
    batches.add((session) => session.execute(insertOrEnd, undefined)),
  ])

  assert.deepEqual(
    [...settled, ...ended].map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'rejected'],
  )
  assert.equal(countRows(), 2)
  await batches.add((session) => session.execute(insertParent(4), undefined))
  assert.equal(countRows(), 3)
})

test('nothing is written outside of a transaction that the database has ended unseen', async () => {
  const { batches, countRows } = openBatches()
  await batches.add((session) => session.execute(insertParent(1), undefined))

  const settled = await Promise.allSettled([
    batches.add((session) => session.execute(insertOrEnd, undefined).catch(() => undefined)),
    batches.add((session) => session.execute(insertParent(2), undefined)),
  ])

  assert.deepEqual(
    settled.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(countRows(), 1)
})

test('a write that is alone and fails after it wrote leaves nothing and is not run again', async () => {
  const { batches, countRows } = openBatches()
  let runs = 0

  await assert.rejects(
    batches.add(async (session) => {
      runs += 1
      await session.execute(insertParent(1), undefined)
      throw new Error('failed')
    }),
    /failed/,
  )

  assert.equal(runs, 1)
  assert.equal(countRows(), 0)
})

test('when the commit fails, every write of the batch fails', async () => {
  const { batches, countRows } = openBatches()

  const settled = await Promise.allSettled([
    batches.add((session) => session.execute(insertRoot, undefined)),
    batches.add((session) => session.execute(insertLost, undefined)),
  ])

  assert.deepEqual(
    settled.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  assert.equal(countRows(), 0)
})

test('the batch behind a failed one goes through', async () => {
  const { batches, countRows } = openBatches()
  await assert.rejects(batches.add((session) => session.execute(insertLost, undefined)))

  await batches.add((session) => session.execute(insertRoot, undefined))

  assert.equal(countRows(), 1)
})

test('a statement that a work did not wait for is refused once the work has ended', async () => {
  const { batches, countRows } = openBatches()
  let late: Session | undefined

  await batches.add(async (session) => {
    late = session
  })

  await assert.rejects(async () => late?.execute(insertRoot, undefined), /has ended/)
  assert.equal(countRows(), 0)
})
