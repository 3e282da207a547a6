import type { Authority } from '../control/authority.ts'
import { Conflict, type ConsoleSession, type Storage } from '../storage/storage.ts'
import { hashSecret, makeSecret, SECRET } from '../secrets.ts'

/** Of a key, and of admins. Whoever signs in once more ends the oldest, and nobody fills the database. */
const MOST_SESSIONS = 1000

export const SESSION_SECONDS = 12 * 60 * 60

/** Whoever has signed in. A cookie's value says by its first letter whether it is an admin's. */
export interface Sessions {
  /** Somebody is signed in: that key, or an admin. Undefined when the key has gone meanwhile. */
  start(keyId: string | null): Promise<{ readonly token: string; readonly authority: Authority } | undefined>
  /** Who it proves now; undefined when nobody. */
  find(token: string): Promise<Authority | undefined>
  end(token: string): Promise<void>
}

export interface SessionsParts {
  readonly storage: Storage
  /** Milliseconds since 1970, by the machine's clock: whoever advances the service's from the console stays in it. */
  readonly machineNow: () => number
  /** Undefined: no session of an admin holds. */
  readonly adminToken: string | undefined
}

const ADMIN = 'a'
const KEY = 'k'

export function createSessions({ storage, machineNow, adminToken }: SessionsParts): Sessions {
  /** An admin's is hashed with the admin token: another one ends the sessions of the old. */
  function hashOf(token: string): string | undefined {
    if (!SECRET.test(token.slice(1))) return undefined
    if (token.startsWith(KEY)) return hashSecret(token)
    return token.startsWith(ADMIN) && adminToken !== undefined ? hashSecret(`${adminToken} ${token}`) : undefined
  }

  async function find(token: string): Promise<Authority | undefined> {
    const hash = hashOf(token)
    const session = hash === undefined ? undefined : await storage.findSession(hash)
    if (session === undefined || session.expiresAt <= machineNow()) return undefined
    const { revokedAt = null } = session.key ?? {}
    return revokedAt === null ? toAuthority(session) : undefined
  }

  return {
    find,
    async start(keyId) {
      const token = `${keyId === null ? ADMIN : KEY}${makeSecret()}`
      const hash = hashOf(token)
      if (hash === undefined) throw new Error('An admin has signed in where there is none.')
      const at = machineNow()
      const expiresAt = at + SESSION_SECONDS * 1000
      try {
        await storage.write(async (transaction) => {
          await transaction.removeExpiredSessions(at)
          await transaction.removeOldestSessions(keyId, MOST_SESSIONS - 1)
          await transaction.insertSession({ hash, keyId, expiresAt })
        })
      } catch (error) {
        // Nothing else of it can be in conflict than a key that went with its team.
        if (error instanceof Conflict) return undefined
        throw error
      }
      const authority = await find(token)
      return authority && { token, authority }
    },
    async end(token) {
      const hash = hashOf(token)
      if (hash !== undefined) await storage.write((transaction) => transaction.removeSession(hash))
    },
  }
}

function toAuthority({ key, expiresAt }: ConsoleSession): Authority {
  return key === null
    ? { kind: 'admin', team: null, keyId: null, roles: ['ADMIN'], expiresAt }
    : { kind: 'key', team: key.team, keyId: key.id, roles: key.roles, expiresAt }
}
