import { randomBytes } from 'node:crypto'
import { readMember } from './credentials.ts'

const TOKEN_BYTES = 32

const TOKEN = /^[\w-]{43}$/

/** The token that opens the control API: the one of the data directory, or a new one that is to be written there. */
export async function readAdminToken(dataDir: string): Promise<string> {
  const kept = await readMember(dataDir, 'adminToken')
  return typeof kept === 'string' && TOKEN.test(kept) ? kept : makeAdminToken()
}

/** 256 random bits, as text that needs no escaping anywhere. */
export function makeAdminToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url')
}
