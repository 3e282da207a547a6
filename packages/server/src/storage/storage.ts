import type { PairTable, Resource, Role, RowValue, Selection } from '@clipflight/contract'

/**
 * One saved resource: its id, its attributes by name, and the ids behind its to-one relationships that are
 * kept in columns, by name (null when empty). Points in time are milliseconds since 1970.
 */
export type Row = { readonly id: string } & Readonly<Record<string, RowValue>>

/** One page: `next` is the cursor of the page behind it, absent on the last. */
export interface Page {
  readonly rows: readonly Row[]
  /** How many rows fulfil the conditions, counted when the first page was read. */
  readonly total: number
  readonly next?: string
}

/** The rows behind one relationship of one parent; `total` counts those beyond the limit too. */
export interface Related {
  readonly rows: readonly Row[]
  readonly total: number
}

/** Reads of one team's rows. Nothing of another team is ever seen: foreign and absent look the same. */
export interface Reader {
  find(resource: Resource, team: number, id: string): Promise<Row | undefined>
  /** Throws `BadCursor` when the cursor is not one that this service wrote for the same sort. */
  list(resource: Resource, team: number, selection: Selection): Promise<Page>
  /**
   * The rows behind `relationship` of each parent, by the parent's id: all of a to-one, the first `limit`
   * of a to-many in order of id. Parents without any are missing. Foreign relationships are never asked for.
   */
  related(
    resource: Resource,
    relationship: string,
    team: number,
    parents: readonly Row[],
    limit: number,
  ): Promise<ReadonlyMap<string, Related>>
  /** Oldest first. */
  listTesterLinks(team: number, build: string): Promise<readonly TesterLink[]>
}

/** Reads of the teams that there are, and of their keys. */
export interface TeamReader {
  /** Whether any team exists: false on a database that was never seeded. */
  hasTeams(): Promise<boolean>
  /** Oldest first; snapshots are none. */
  listTeams(): Promise<readonly Team[]>
  /** Undefined for a snapshot too. */
  findTeam(number: number): Promise<Team | undefined>
  /** In order of id. */
  listKeys(team: number): Promise<readonly ApiKey[]>
}

/** Reads and writes that become visible together, or not at all. */
export interface Transaction extends Reader, TeamReader {
  /** The row, held against other writers until the transaction ends. */
  lock(resource: Resource, team: number, id: string): Promise<Row | undefined>
  /** Every attribute and column link of the row must be there. Throws `Conflict` when a unique set is taken. */
  insert(resource: Resource, team: number, row: Row): Promise<void>
  update(resource: Resource, team: number, id: string, changes: Readonly<Record<string, RowValue>>): Promise<void>
  /** Removes the row and everything that cannot be without it. */
  remove(resource: Resource, team: number, id: string): Promise<void>
  /** Pairs two rows; already paired is fine. `ids` are in the order of `through.ends`. */
  pair(through: PairTable, team: number, ids: readonly [string, string]): Promise<void>
  unpair(through: PairTable, team: number, ids: readonly [string, string]): Promise<void>
  /** A number that no team has or had. Whoever else asks for one waits until the transaction ends. */
  takeTeamNumber(): Promise<number>
  /** Makes a team and returns its number, taken now unless given. Throws `Conflict` when the issuer id is taken. */
  insertTeam(team: Omit<Team, 'number'> & { readonly number?: number }): Promise<number>
  /** Removes the team with its keys, its rows, its snapshots and its links for testers. Its number is never given again. */
  removeTeam(team: number): Promise<void>
  /** Removes every row of the team, and what was scheduled; its keys and snapshots stay. */
  clearRows(team: number): Promise<void>
  /** Keeps the rows of the team, and what is scheduled, under that name; true when in the place of what had it. */
  saveSnapshot(team: number, name: string, at: number): Promise<boolean>
  /** Makes the rows of the team, and what is scheduled, those of the snapshot; false when there is none. */
  restoreSnapshot(team: number, name: string): Promise<boolean>
  /** False when there is none. */
  removeSnapshot(team: number, name: string): Promise<boolean>
  schedule(change: ScheduledChange): Promise<void>
  /** Takes the changes out that are due at `at`, oldest first. */
  takeDue(team: number, at: number): Promise<readonly ScheduledChange[]>
  insertKey(key: ApiKey): Promise<void>
  /** The key is refused from then on, wherever the clock is set: `at` (milliseconds since 1970) only says when it was. */
  revokeKey(keyId: string, at: number): Promise<void>
  /** Of that key, or of an admin; it ends with the key. */
  insertSession(session: { hash: string; keyId: string | null; expiresAt: number }): Promise<void>
  removeSession(hash: string): Promise<void>
  removeExpiredSessions(at: number): Promise<void>
  /** Leaves so many of a key, or of admins. */
  removeOldestSessions(keyId: string | null, left: number): Promise<void>
  insertTesterLink(link: TesterLink): Promise<void>
  /** False when the team has no such link. */
  removeTesterLink(team: number, id: string): Promise<boolean>
}

/** A team, by the number that every row of it carries. */
export interface Team {
  readonly number: number
  readonly name: string
  readonly issuerId: string
}

/** The rows of a team as they were at a moment. */
export interface SavedSnapshot {
  readonly name: string
  readonly savedAt: number
}

/** What will happen to a build at a moment: attributes of resources to change, by type. */
export interface ScheduledChange {
  readonly team: number
  readonly id: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly build: string
  readonly change: Readonly<Record<string, Readonly<Record<string, RowValue>>>>
}

/** A key of a team: never its private half. */
export interface ApiKey {
  readonly id: string
  readonly team: number
  /** Issuer id of the team, as tokens of its team keys carry it. */
  readonly issuerId: string
  readonly name: string
  readonly roles: readonly Role[]
  /** An individual key's tokens carry no issuer. */
  readonly individual: boolean
  /** SPKI, PEM. */
  readonly publicKey: string
  /** Milliseconds since 1970; null while the key may be used. */
  readonly revokedAt: number | null
}

/** Somebody who has signed in to the console. */
export interface ConsoleSession {
  /** Milliseconds since 1970, by the machine's clock. */
  readonly expiresAt: number
  /** As it is now; null for an admin. */
  readonly key: Pick<ApiKey, 'id' | 'team' | 'roles' | 'individual' | 'revokedAt'> | null
}

/** A link by which testers read what one build offers them. The build may have gone. */
export interface TesterLink {
  readonly team: number
  readonly id: string
  /** SHA-256 of what makes it open. */
  readonly hash: string
  readonly build: string
  readonly name: string | null
  readonly createdAt: number
}

/** The whole seam between the service and a database. */
export interface Storage extends TeamReader {
  /** For a single read. Two in a row may see two moments. */
  readonly reader: Reader
  /** Runs reads that all see the same moment. They must wait for nothing else. */
  read<T>(work: (reader: Reader & TeamReader) => Promise<T>): Promise<T>
  /**
   * Runs `work` in a transaction and answers after its commit is durable. `work` may run again from the start
   * when the database asks for it (serialization failure, lost race for a unique set), or when another that shares its
   * commit has failed, so it must have no effects but on the transaction, and must read through it: on SQLite, waiting
   * for `reader` in it would never end. What it throws rolls back its own writes only.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  findKey(keyId: string): Promise<ApiKey | undefined>
  /** The session that was saved under that hash, expired or not. */
  findSession(hash: string): Promise<ConsoleSession | undefined>
  findTesterLink(hash: string): Promise<TesterLink | undefined>
  /** In order of name. */
  listSnapshots(team: number): Promise<readonly SavedSnapshot[]>
  /** For each team that has any scheduled, when the next change is due. */
  nextDue(): Promise<ReadonlyMap<number, number>>
  /** For who has written much at once: lets the database see how much there is in its tables now. It never fails. */
  measure(): Promise<void>
  close(): Promise<void>
}

/** A write lost against a unique set; `Storage.write` runs the work again, so that its rules see the winner. */
export class Conflict extends Error {
  override readonly name = 'Conflict'
}

/** The cursor of a selection cannot be read. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor'
}

/** The database cannot be opened or used, for a reason that its owner can mend. The message says all. */
export class StorageUnavailable extends Error {
  override readonly name = 'StorageUnavailable'
}
