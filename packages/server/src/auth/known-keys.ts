import { isDeepStrictEqual } from 'node:util'
import { importSPKI, type CryptoKey } from 'jose'
import { LRUCache } from 'lru-cache'
import type { ApiKey } from '../storage/storage.ts'

/** For so long a revoked key may still be accepted by a process that did not revoke it. */
const KEY_FRESH_MILLISECONDS = 1000

const MOST_KEYS = 10_000

/** Before any time: a key confirmed then is fresh at none. */
const NEVER = Number.NEGATIVE_INFINITY

/** A key that is not revoked, ready to verify with. The same object stands for it until its record changes. */
export interface KnownKey {
  readonly record: ApiKey
  readonly publicKey: CryptoKey
  /** When the read began that last confirmed the record; `NEVER` once the object was replaced or forgotten. */
  confirmedAt: number
}

/** The key of an id, or why there is none. */
export type FoundKey = KnownKey | 'unknown' | 'revoked'

export function isUsable(found: FoundKey): found is KnownKey {
  return typeof found !== 'string'
}

export interface KnownKeys {
  /** Whether the key may be used at `at` without reading its record again. */
  isFresh(key: KnownKey, at: number): boolean
  /** The key as its record was a second ago at most. */
  find(keyId: string): KnownKey | Promise<FoundKey>
  /** Makes the next request that uses the key read its record, whatever is remembered or being read. */
  forget(keyId: string): void
}

export interface KeySource {
  readonly findKey: (keyId: string) => Promise<ApiKey | undefined>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** Remembers keys, so that each is imported once and its record is read once a second however many ask. */
export function createKnownKeys({ findKey, now }: KeySource): KnownKeys {
  // Given `max`, the cache makes room for so many at once, which costs every start a millisecond (measured).
  const known = new LRUCache<string, KnownKey>({ maxSize: MOST_KEYS, sizeCalculation: () => 1 })
  // Unknown ids stand here only while they are looked up: whoever invents ids fills no memory.
  const reading = new Map<string, Promise<FoundKey>>()

  function forget(keyId: string): void {
    const key = known.peek(keyId)
    if (key !== undefined) key.confirmedAt = NEVER
    known.delete(keyId)
    reading.delete(keyId)
  }

  function find(keyId: string): KnownKey | Promise<FoundKey> {
    const key = known.get(keyId)
    if (key !== undefined && isFresh(key, now())) return key
    return reading.get(keyId) ?? startReading(keyId)
  }

  function startReading(keyId: string): Promise<FoundKey> {
    const read: Promise<FoundKey> = readKey(keyId, () => reading.get(keyId) === read).finally(() => {
      if (reading.get(keyId) === read) reading.delete(keyId)
    })
    reading.set(keyId, read)
    return read
  }

  /** `isCurrent` turns false when the key is forgotten meanwhile: what was read may be older than that. */
  async function readKey(keyId: string, isCurrent: () => boolean): Promise<FoundKey> {
    const startedAt = now()
    const record = await findKey(keyId)
    if (record === undefined || record.revokedAt !== null) {
      if (isCurrent()) forget(keyId)
      return record === undefined ? 'unknown' : 'revoked'
    }
    const before = known.peek(keyId)
    if (before !== undefined && isDeepStrictEqual(before.record, record)) {
      before.confirmedAt = startedAt
      return before
    }
    const key = { record, publicKey: await importPublicKey(record), confirmedAt: NEVER }
    if (isCurrent()) {
      forget(keyId)
      known.set(keyId, key)
      key.confirmedAt = startedAt
    }
    return key
  }

  return { isFresh, find, forget }
}

function isFresh(key: KnownKey, at: number): boolean {
  const age = at - key.confirmedAt
  // A clock that was set back must not keep a revoked key alive until it has caught up.
  return age >= 0 && age < KEY_FRESH_MILLISECONDS
}

async function importPublicKey(record: ApiKey): Promise<CryptoKey> {
  try {
    return await importSPKI(record.publicKey, 'ES256')
  } catch (cause) {
    throw new Error(`The stored public key of the API key ${record.id} is not a P-256 key in PEM (SPKI).`, { cause })
  }
}
