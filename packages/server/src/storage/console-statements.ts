import type { Role } from '@clipflight/contract'
import { sql } from 'kysely'
import type { Cells } from './columns.ts'
import { hole, type Statement, type Syntax } from './database.ts'
import type { ConsoleSession, TesterLink } from './storage.ts'

export interface SavedSession {
  readonly hash: string
  readonly keyId: string | null
  readonly expiresAt: number
}

interface OfKey {
  readonly keyId: string
  readonly left: number
}

interface OfBuild {
  readonly team: number
  readonly build: string
}

interface OfTeam {
  readonly team: number
  readonly id: string
}

/** The statements on sessions of the console and links for testers. */
export interface ConsoleStatements {
  readonly findSession: Statement<string>
  readonly insertSession: Statement<SavedSession>
  readonly removeSession: Statement<string>
  readonly removeExpired: Statement<number>
  readonly removeOldest: Statement<OfKey>
  readonly removeOldestOfAdmins: Statement<number>
  readonly findLink: Statement<string>
  readonly listLinks: Statement<OfBuild>
  readonly insertLink: Statement<TesterLink>
  readonly removeLink: Statement<OfTeam>
  readonly removeLinks: Statement<number>
}

export function consoleStatements({ compile }: Syntax): ConsoleStatements {
  const text = hole((given: string) => given)
  const number = hole((given: number) => given)
  const session = {
    hash: hole(({ hash }: SavedSession) => hash),
    keyId: hole(({ keyId }: SavedSession) => keyId),
    expiresAt: hole(({ expiresAt }: SavedSession) => expiresAt),
  }
  const link = {
    team: hole(({ team }: TesterLink) => team),
    id: hole(({ id }: TesterLink) => id),
    hash: hole(({ hash }: TesterLink) => hash),
    build: hole(({ build }: TesterLink) => build),
    name: hole(({ name }: TesterLink) => name),
    createdAt: hole(({ createdAt }: TesterLink) => createdAt),
  }
  const selectLinks = sql`select team_id, id, hash, build_id, name, created_at from tester_links`
  return {
    findSession: compile<string>(
      () => sql`select s.key_id, s.expires_at, k.team_id, k.roles, k.individual, k.revoked_at
          from console_sessions as s left join api_keys as k on k.id = s.key_id where s.hash = ${text}`,
    ),
    insertSession: compile<SavedSession>(
      () => sql`insert into console_sessions (hash, key_id, expires_at)
          values (${session.hash}, ${session.keyId}, ${session.expiresAt})`,
    ),
    removeSession: compile<string>(() => sql`delete from console_sessions where hash = ${text}`),
    removeExpired: compile<number>(() => sql`delete from console_sessions where expires_at <= ${number}`),
    removeOldest: compile<OfKey>(
      () => sql`delete from console_sessions where hash in (
          select hash from (
            select hash, row_number() over (order by expires_at desc, hash) as place
            from console_sessions where key_id = ${hole(({ keyId }: OfKey) => keyId)}
          ) as ranked where place > ${hole(({ left }: OfKey) => left)})`,
    ),
    removeOldestOfAdmins: compile<number>(
      () => sql`delete from console_sessions where hash in (
          select hash from (
            select hash, row_number() over (order by expires_at desc, hash) as place
            from console_sessions where key_id is null
          ) as ranked where place > ${number})`,
    ),
    findLink: compile<string>(() => sql`${selectLinks} where hash = ${text}`),
    listLinks: compile<OfBuild>(
      () => sql`${selectLinks} where team_id = ${hole(({ team }: OfBuild) => team)}
          and build_id = ${hole(({ build }: OfBuild) => build)} order by created_at, id`,
    ),
    insertLink: compile<TesterLink>(
      () => sql`insert into tester_links (team_id, id, hash, build_id, name, created_at)
          values (${sql.join([link.team, link.id, link.hash, link.build, link.name, link.createdAt])})`,
    ),
    removeLink: compile<OfTeam>(
      () => sql`delete from tester_links where team_id = ${hole(({ team }: OfTeam) => team)}
          and id = ${hole(({ id }: OfTeam) => id)} returning id`,
    ),
    removeLinks: compile<number>(() => sql`delete from tester_links where team_id = ${number}`),
  }
}

export function readSession([keyId, expiresAt, team, roles, individual, revokedAt]: Cells): ConsoleSession {
  return {
    expiresAt: Number(expiresAt),
    key:
      keyId === null
        ? null
        : {
            id: String(keyId),
            team: Number(team),
            // Erasure: `insertKey` alone writes the column.
            roles: JSON.parse(String(roles)) as readonly Role[],
            individual: individual === 1,
            revokedAt: revokedAt === null ? null : Number(revokedAt),
          },
  }
}

export function readLink([team, id, hash, build, name, createdAt]: Cells): TesterLink {
  return {
    team: Number(team),
    id: String(id),
    hash: String(hash),
    build: String(build),
    name: name === null ? null : String(name),
    createdAt: Number(createdAt),
  }
}
