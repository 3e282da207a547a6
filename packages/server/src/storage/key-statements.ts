import type { Role } from '@clipflight/contract'
import { sql } from 'kysely'
import type { Cells } from './columns.ts'
import { hole, type Statement, type Syntax } from './database.ts'
import type { ApiKey } from './storage.ts'

/** The statements on keys of teams, which are no resources of Apple's. */
export interface KeyStatements {
  readonly findKey: Statement<string>
  readonly listKeys: Statement<number>
  readonly insertKey: Statement<ApiKey>
  readonly revokeKey: Statement<{ readonly keyId: string; readonly at: number }>
  readonly anyTeam: Statement<undefined>
}

export function keyStatements({ compile }: Syntax): KeyStatements {
  const key = {
    id: hole(({ id }: ApiKey) => id),
    team: hole(({ team }: ApiKey) => team),
    name: hole(({ name }: ApiKey) => name),
    roles: hole(({ roles }: ApiKey) => JSON.stringify(roles)),
    individual: hole(({ individual }: ApiKey) => (individual ? 1 : 0)),
    publicKey: hole(({ publicKey }: ApiKey) => publicKey),
    revokedAt: hole(({ revokedAt }: ApiKey) => revokedAt),
  }
  const select = sql`select k.id, k.team_id, t.issuer_id, k.name, k.roles, k.individual, k.public_key, k.revoked_at
    from api_keys as k join teams as t on t.id = k.team_id`
  return {
    findKey: compile<string>(() => sql`${select} where k.id = ${hole((id: string) => id)}`),
    listKeys: compile<number>(() => sql`${select} where k.team_id = ${hole((team: number) => team)} order by k.id`),
    insertKey: compile<ApiKey>(
      () => sql`insert into api_keys (id, team_id, name, roles, individual, public_key, revoked_at)
          values (${sql.join([key.id, key.team, key.name, key.roles, key.individual, key.publicKey, key.revokedAt])})`,
    ),
    revokeKey: compile<{ readonly keyId: string; readonly at: number }>(
      () => sql`update api_keys set revoked_at = ${hole(({ at }: { readonly at: number }) => at)}
          where id = ${hole(({ keyId }: { readonly keyId: string }) => keyId)} and revoked_at is null`,
    ),
    anyTeam: compile<undefined>(() => sql`select id from teams limit 1`),
  }
}

export function readKey([id, team, issuerId, name, roles, individual, publicKey, revokedAt]: Cells): ApiKey {
  return {
    id: String(id),
    team: Number(team),
    issuerId: String(issuerId),
    name: String(name),
    // Erasure: `insertKey` alone writes the column.
    roles: JSON.parse(String(roles)) as readonly Role[],
    individual: individual === 1,
    publicKey: String(publicKey),
    revokedAt: revokedAt === null ? null : Number(revokedAt),
  }
}
