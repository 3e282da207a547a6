import { makeSecret, SECRET } from '../secrets.ts'
import { readMember } from './credentials.ts'

/** The token that opens the control API: the one of the data directory, or a new one that is to be written there. */
export async function readAdminToken(dataDir: string): Promise<string> {
  const kept = await readMember(dataDir, 'adminToken')
  return typeof kept === 'string' && SECRET.test(kept) ? kept : makeSecret()
}
