import { DummyDriver, Kysely, sql, type Dialect, type RawBuilder } from 'kysely'
import type { Cell, Cells } from './columns.ts'
import { once } from '../timing/once.ts'

/** The text of one statement, and how the values of a call fill its holes. */
export interface Statement<Given> {
  readonly text: string
  readonly bind: (given: Given) => Cells
}

/** Something to run statements on: inside one transaction, or outside of all. */
export interface Session {
  execute<Given>(statement: Statement<Given>, given: Given): Promise<readonly Cells[]>
}

/** All that the two databases do each in their own way. The rest of the storage is written once, on top of it. */
export interface Database {
  /** Sees what is committed. */
  readonly session: Session
  readonly syntax: Syntax
  /** Reads that all see the same moment. */
  snapshot<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Answers when the commit is durable. Throws `Conflict` or `Contention` when the work should run again. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>
  /** Lets the planner count the rows of tables, where it goes by what it has counted. It never fails. */
  measure(tables: readonly string[]): Promise<void>
  close(): Promise<void>
}

/**
 * Longer texts are not kept, whole or prepared: they come from filters with many values, which nobody asks twice
 * alike, and each takes hundreds of kilobytes once it is prepared.
 */
export const LONGEST_KEPT_TEXT = 2000

/** How statements are worded for a database. */
export interface Syntax {
  readonly compile: Compile
  /** Ends a select whose rows are to be held against other writers; undefined where no two write at once. */
  readonly forUpdate: RawBuilder<unknown> | undefined
}

/** Makes text of fragments, both when the statement is first executed: most of a storage's never are. */
export type Compile = <Given>(write: () => RawBuilder<unknown>) => Statement<Given>

/** The database gave up on a transaction because of others that ran beside it. */
export class Contention extends Error {
  override readonly name = 'Contention'
}

class Hole<Given> {
  readonly read: (given: Given) => Cell

  constructor(read: (given: Given) => Cell) {
    this.read = read
  }
}

/** The place of a value in a statement: `read` takes it out of what a call gives. */
export function hole<Given>(read: (given: Given) => Cell): RawBuilder<unknown> {
  return sql`${new Hole(read)}`
}

/**
 * The end of a select that reads only so many rows. The sum keeps SQLite from looking at the value: it would
 * plan the statement anew for each one, which takes three times as long as executing it.
 */
export function limitedTo<Given>(read: (given: Given) => number): RawBuilder<unknown> {
  return sql`limit ${hole(read)} + 0`
}

/** Makes text of fragments, once per structure: building it per call costs more than executing it. */
export function compilerFor(
  dialect: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'>,
): Compile {
  const kysely = new Kysely<unknown>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
  })
  return <Given>(write: () => RawBuilder<unknown>): Statement<Given> => {
    const compiled = once(() => {
      const { sql: text, parameters } = write().compile(kysely)
      // Erasure: Kysely passes parameters through untyped, and `hole` is the only maker of them.
      return { text, reads: (parameters as readonly Hole<Given>[]).map(({ read }) => read) }
    })
    return {
      get text() {
        return compiled().text
      },
      bind: (given) => bindAll(compiled().reads, given),
    }
  }
}

/** An indexed loop: every statement passes here. */
function bindAll<Given>(reads: readonly ((given: Given) => Cell)[], given: Given): Cells {
  const cells: Cell[] = []
  for (let index = 0; index < reads.length; index += 1) {
    const read = reads[index]
    if (read !== undefined) cells.push(read(given))
  }
  return cells
}
