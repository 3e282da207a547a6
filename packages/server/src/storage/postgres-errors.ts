import pg from 'pg'
import { Contention } from './database.ts'
import { Conflict, StorageUnavailable } from './storage.ts'

/** Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const UNDEFINED_TABLE = '42P01'

const CONFLICTS: ReadonlySet<string> = new Set([
  '23503', // foreign key: the other row went meanwhile
  '23505', // unique index
  '23514', // check: no free place was left beside its siblings
])

const CONTENTIONS: ReadonlySet<string> = new Set([
  '40001', // serialization failure
  '40P01', // deadlock
])

const CUT_SHORT = 'has cut a transaction short'

/** By the class or the whole of the code: what is said of the database. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['08', 'has lost the connection'],
  ['25006', 'is read-only'],
  // Time limits that its owner has set: those of idle and of whole transactions, of locks and of statements.
  ['25P03', CUT_SHORT],
  ['25P04', CUT_SHORT],
  ['55P03', CUT_SHORT],
  ['57014', CUT_SHORT],
  ['28', 'refuses the user or the password'],
  ['3D', 'does not exist'],
  ['42501', 'refuses the user what the service needs'],
  ['53', 'is out of connections, memory or disk'],
  ['57P', 'is stopping, or not ready yet'],
  ['58', 'fails to read or write its disk'],
])

/** What went wrong in terms of the seam; anything else is a bug and stays as it is. */
export function toStorageError(error: unknown, place: string): unknown {
  if (!(error instanceof Error)) return error
  if (error instanceof pg.DatabaseError) return fromServer(error, error.code ?? '', place)
  return isConnectionFailure(error)
    ? new StorageUnavailable(`The database ${place} cannot be reached: ${reasonOf(error)}.`, { cause: error })
    : error
}

function fromServer(error: Error, code: string, place: string): Error {
  if (CONFLICTS.has(code)) return new Conflict(error.message, { cause: error })
  if (CONTENTIONS.has(code)) return new Contention(error.message, { cause: error })
  const reason = REASONS.get(code) ?? REASONS.get(code.slice(0, 3)) ?? REASONS.get(code.slice(0, 2))
  return reason === undefined ? error : new StorageUnavailable(`The database ${place} ${reason}.`, { cause: error })
}

/** Node's errors of sockets and names have a code and a system call; those that `pg` makes itself have only a text. */
function isConnectionFailure(error: Error): boolean {
  if (error instanceof AggregateError)
    return error.errors.every((one) => one instanceof Error && isConnectionFailure(one))
  return (
    'syscall' in error ||
    /^(Connection terminated|timeout exceeded|Client has encountered a connection error)/.test(error.message)
  )
}

/** An `AggregateError`, of a host with several addresses, has no message of its own. */
function reasonOf(error: Error): string {
  const [first] = error instanceof AggregateError ? error.errors : [error]
  return first instanceof Error ? first.message : error.message
}
