import type { Session } from './database.ts'

/** What sharing a commit takes of a database that has one writer. All synchronous: no other turn comes between. */
export interface SharedTransaction {
  begin(): void
  commit(): void
  /** Ends it without a trace, also when the database already did. */
  abandon(): void
  savepoint(): void
  release(): void
  /** Back to the savepoint, and past it. */
  rollBack(): void
  /** False after a failure for which the database gave up on the whole transaction. */
  isOpen(): boolean
}

interface Waiting {
  readonly run: (session: Session) => Promise<Settle>
  readonly reject: (reason: unknown) => void
}

/** Above this, a batch would keep readers waiting for long. */
const MOST_WORKS_PER_BATCH = 128

/** Tells the one who waits how it went, once that is durable. */
type Settle = () => void

/**
 * Lets writes that wait in the same turn of the event loop share one commit, which costs a write to disk. One that fails
 * takes nothing of its neighbours along; none is answered before the commit. Works may be run twice.
 */
export class WriteBatches {
  readonly #transaction: SharedTransaction
  readonly #session: Session
  #waiting: Waiting[] = []
  #isScheduled = false
  #running: Promise<void> | undefined

  constructor(transaction: SharedTransaction, session: Session) {
    this.#transaction = transaction
    this.#session = session
  }

  /** The batch that runs right now: what it wrote is not committed, so readers wait for its end. */
  get running(): Promise<void> | undefined {
    return this.#running
  }

  add<T>(work: (session: Session) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async (session: Session) => {
        const result = await work(session)
        return () => resolve(result)
      }
      this.#waiting.push({ run, reject })
      this.#schedule()
    })
  }

  /** Answers when nothing waits or runs any more. */
  async drain(): Promise<void> {
    while (this.#running !== undefined || this.#waiting.length > 0) {
      await (this.#running ?? new Promise<void>((resolve) => setImmediate(resolve)))
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // Behind the sockets of this turn, so that every request that has arrived joins.
    setImmediate(() => {
      const end = (): void => {
        this.#running = undefined
        this.#isScheduled = false
        if (this.#waiting.length > 0) this.#schedule()
      }
      // A rollback that failed was told to those who waited, as the failure before it.
      this.#running = this.#runBatch(this.#waiting.splice(0, MOST_WORKS_PER_BATCH)).then(end, end)
    })
  }

  async #runBatch(batch: readonly Waiting[]): Promise<void> {
    let settled: readonly Settle[]
    try {
      settled = (await this.#runTogether(batch)) ?? (await this.#runApart(batch))
    } catch (reason) {
      // Answered first: a disk that fails may fail the rollback too.
      for (const { reject } of batch) reject(reason)
      this.#transaction.abandon()
      return
    }
    for (const settle of settled) settle()
  }

  /**
   * Hopes that all go through, or are refused before they write anything: savepoints take 4 % of a write (measured).
   * Undefined, and nothing was written, when one of several fails later than that.
   */
  async #runTogether(batch: readonly Waiting[]): Promise<readonly Settle[] | undefined> {
    const settled: Settle[] = []
    this.#transaction.begin()
    for (const { run, reject } of batch) {
      const session = sessionUntilEnd(this.#session)
      try {
        const settle = await run(session)
        // A work that goes on after a failure may hide that the database has ended the transaction by itself.
        if (!this.#transaction.isOpen()) throw new Error('The database has ended the transaction.')
        settled.push(settle)
      } catch (reason) {
        if (session.hasWritten() || !this.#transaction.isOpen()) {
          if (batch.length === 1) throw reason
          this.#transaction.abandon()
          return undefined
        }
        // Even a refusal waits for the commit: it may rest on what a neighbour wrote.
        settled.push(() => reject(reason))
      } finally {
        session.end()
      }
    }
    this.#transaction.commit()
    return settled
  }

  /** Gives each a savepoint of its own, to which it is taken back when it fails. */
  async #runApart(batch: readonly Waiting[]): Promise<readonly Settle[]> {
    const settled: Settle[] = []
    this.#transaction.begin()
    for (const waiting of batch) settled.push(await this.#runOne(waiting))
    this.#transaction.commit()
    return settled
  }

  async #runOne({ run, reject }: Waiting): Promise<Settle> {
    const session = sessionUntilEnd(this.#session)
    this.#transaction.savepoint()
    try {
      const settle = await run(session)
      this.#transaction.release()
      return settle
    } catch (reason) {
      if (!this.#transaction.isOpen()) throw reason
      this.#transaction.rollBack()
      return () => reject(reason)
    } finally {
      session.end()
    }
  }
}

interface WorkSession extends Session {
  hasWritten(): boolean
  end(): void
}

/** A statement that a work did not wait for must not end up among its neighbour's. */
function sessionUntilEnd(session: Session): WorkSession {
  let isEnded = false
  let hasWritten = false
  return {
    execute(statement, given) {
      if (isEnded)
        return Promise.reject(new Error('The transaction has ended; its work did not wait for all it began.'))
      // What does not begin so may be a select all the same, and its work is run twice for nothing.
      hasWritten ||= !statement.text.startsWith('select ')
      return session.execute(statement, given)
    },
    hasWritten: () => hasWritten,
    end() {
      isEnded = true
    },
  }
}
