import { createClient, type ApiKey, type Client } from '@clipflight/client'
import { isLocal } from './base-url.ts'
import type { FoundConnection } from './find-connection.ts'
import type { SigningKey } from './signing-key.ts'

/** A client, and what was noticed on its way. */
export interface Connected {
  readonly client: Client
  readonly found: FoundConnection
  /** How far the clock of this machine is ahead of the service's, by the date of the last answer. */
  readonly clockAheadMilliseconds: () => number | undefined
}

/** The key as the client takes it: one without an issuer is a person's. */
export function apiKeyOf({ keyId, issuerId, privateKey }: SigningKey): ApiKey {
  return issuerId === undefined ? { keyId, privateKey, individual: true } : { keyId, privateKey, issuerId }
}

/** Connects with the key that was found. Nothing is sent yet. */
export function connect(found: FoundConnection): Connected {
  const { baseUrl } = found
  let ahead: number | undefined
  const client = createClient({
    ...apiKeyOf(found),
    baseUrl,
    userAgent: 'clipflight',
    // A service of this machine that does not answer is not running: waiting does not help.
    retry: isLocal(baseUrl) ? { tries: 1 } : {},
    async fetch(url, init) {
      const response = await fetch(url, init)
      const date = Date.parse(response.headers.get('date') ?? '')
      if (!Number.isNaN(date)) ahead = Date.now() - date
      return response
    },
  })
  return { client, found, clockAheadMilliseconds: () => ahead }
}
