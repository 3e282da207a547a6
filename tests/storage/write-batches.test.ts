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
