import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import assert from 'node:assert/strict'
import { ApiError, type Code } from '@clipflight/contract'
import { SignJWT } from 'jose'
import { createIdentifier, type Identifier } from '../../packages/server/src/auth/identify.ts'
import type { ApiKey } from '../../packages/server/src/storage/storage.ts'

export const ISSUER = '57246542-96fe-1a63-e053-0824d011072a'

/** The second at which tokens are signed, and the clock stands unless a test moves it. */
export const SIGNED_AT = 1_790_000_000

export interface KeyPair {
  readonly record: ApiKey
  readonly privateKey: KeyObject
}

export function makeKey(changes: Partial<ApiKey> = {}): KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const record: ApiKey = {
    id: '2X9R4HXF34',
    team: 1,
    issuerId: ISSUER,
    name: 'Continuous integration',
    roles: ['APP_MANAGER'],
    individual: false,
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    revokedAt: null,
    ...changes,
  }
  return { record, privateKey }
}

/** Claims of an ordinary team token; `undefined` leaves one out. */
export function claims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const all = { iss: ISSUER, iat: SIGNED_AT, exp: SIGNED_AT + 1200, aud: 'appstoreconnect-v1', ...changes }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

export function individualClaims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return claims({ iss: undefined, sub: 'user', ...changes })
}

/** A token as clients make it, with a library. */
export function token({ record, privateKey }: KeyPair, payload = claims()): Promise<string> {
  return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: record.id, typ: 'JWT' }).sign(privateKey)
}

/** A correctly signed token of any two texts, for what no library would sign. */
export function tokenOfTexts(
  { privateKey }: KeyPair,
  header: string,
  payload: string,
  form: 'ieee-p1363' | 'der' = 'ieee-p1363',
) {
  const input = `${base64url(header)}.${base64url(payload)}`
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: form })
  return `${input}.${signature.toString('base64url')}`
}

export function base64url(text: string): string {
  return Buffer.from(text).toString('base64url')
}

/** An identifier over a few keys, a clock to move and a count of the reads. */
export interface Desk extends Identifier {
  readonly clock: { milliseconds: number }
  readonly stored: Map<string, ApiKey>
  readonly reads: string[]
}

export function openDesk(...keys: readonly KeyPair[]): Desk {
  const clock = { milliseconds: SIGNED_AT * 1000 }
  const stored = new Map(keys.map(({ record }) => [record.id, record]))
  const reads: string[] = []
  const findKey = async (keyId: string) => {
    reads.push(keyId)
    return stored.get(keyId)
  }
  return { ...createIdentifier({ findKey, now: () => clock.milliseconds }), clock, stored, reads }
}

/** Fails unless `attempt` throws or rejects with exactly this code. Hands the error over for more questions. */
export async function refusal(code: Code, attempt: () => unknown): Promise<ApiError> {
  try {
    await attempt()
  } catch (error) {
    assert.ok(error instanceof ApiError, `refused by something else: ${String(error)}`)
    assert.deepEqual(
      error.problems.map((problem) => problem.code),
      [code],
    )
    return error
  }
  return assert.fail(`was not refused with ${code}`)
}
