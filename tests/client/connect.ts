import { createClient, type Client, type ConnectionOptions } from '@clipflight/client'
import type { TestServer } from '../support/server.ts'
import type { TestKey } from '../support/teams.ts'

/** The private key as a `.p8` file holds it. */
export function pemOf({ privateKey }: TestKey): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/** A client of the server, as the holder of that key; as its ADMIN unless told otherwise. */
export function connect(
  server: Pick<TestServer, 'url' | 'key'>,
  options: ConnectionOptions = {},
  key: TestKey = server.key,
): Client {
  const who = { keyId: key.id, privateKey: pemOf(key) }
  const connection = { baseUrl: server.url, ...options }
  return key.individual
    ? createClient({ ...who, individual: true, ...connection })
    : createClient({ ...who, issuerId: key.issuerId, ...connection })
}
