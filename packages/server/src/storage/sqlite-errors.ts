import { Conflict, StorageUnavailable } from './storage.ts'

/** Result codes: https://sqlite.org/rescode.html. The lowest byte of an extended code is the primary one. */
const PRIMARY = 0xff

const CONFLICTS: ReadonlySet<number> = new Set([
  275, // check: no free place was left beside its siblings
  787, // foreign key: the other row went meanwhile
  1555, // primary key
  2067, // unique index
])

/** By primary code, what is said of the database. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [3, 'cannot be opened: permission is missing'],
  [5, 'is in use by another process'],
  [8, 'cannot be written to'],
  [10, 'cannot be read or written: the disk fails'],
  [11, 'is damaged'],
  [13, 'cannot grow: the disk is full'],
  [14, 'cannot be opened'],
  [26, 'is not a database'],
])

/** What went wrong in terms of the seam; anything else is a bug and stays as it is. */
export function toStorageError(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return error
  if (CONFLICTS.has(error.errcode)) return new Conflict(error.message, { cause: error })
  const reason = REASONS.get(error.errcode & PRIMARY)
  return reason === undefined ? error : new StorageUnavailable(`The database ${path} ${reason}.`, { cause: error })
}
