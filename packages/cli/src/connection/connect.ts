import {
  createClient,
  createRawSender,
  type ApiKey,
  type Client,
  type ClientOptions,
  type RawSender,
  isOnThisMachine,
} from '@clipflight/client'
import type { FoundConnection } from './find-connection.ts'
import { localProxy } from './local-proxy.ts'
import type { SigningKey } from './signing-key.ts'

/** The key as the client takes it: one without an issuer is a person's. */
export function apiKeyOf({ keyId, issuerId, privateKey }: SigningKey): ApiKey {
  return issuerId === undefined ? { keyId, privateKey, individual: true } : { keyId, privateKey, issuerId }
}

export interface Pace {
  /** Whether calls are held back when the hour's budget gets low. */
  readonly pacing?: boolean
  /** How long one try may take; the client's own time unless said. */
  readonly tryTimeoutMilliseconds?: number
}

/** Connects with the key that was found. Nothing is sent yet. */
export function connect(found: FoundConnection, pace: Pace = {}): Client {
  return createClient(clientOptions(found, pace))
}

/** Connects to send requests as they are written. */
export function connectRaw(found: FoundConnection, pace: Pace): RawSender {
  return createRawSender(clientOptions(found, pace))
}

function clientOptions(found: FoundConnection, { pacing, tryTimeoutMilliseconds }: Pace): ClientOptions {
  const { baseUrl } = found
  return {
    ...apiKeyOf(found),
    baseUrl,
    userAgent: 'clipflight',
    pacing,
    retry: {
      tryTimeoutMilliseconds,
      // A service or a proxy of this machine where nobody listens is not running: waiting does not help.
      connectionRefused: !isOnThisMachine(baseUrl) && localProxy(process.env) === undefined,
    },
  }
}
