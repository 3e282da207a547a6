import { TOKEN_AUDIENCE, TOKEN_LIFETIME_SECONDS, type Role } from '@clipflight/contract'
import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import type { ApiKey } from '../storage/storage.ts'
import { createKnownKeys, isUsable, type FoundKey, type KeySource, type KnownKey } from './known-keys.ts'
import { readScope, type ScopeEntry } from './scope.ts'
import { TokenRefused } from './token-refused.ts'

/** Who makes a request. */
export interface Caller {
  readonly keyId: string
  readonly team: number
  readonly roles: readonly Role[]
  readonly individual: boolean
  /** Undefined when the token is not bound to certain requests. */
  readonly scope: readonly ScopeEntry[] | undefined
  /** Whether the requests count on the key's budget; an admin of the console has no key. */
  readonly limited: boolean
  /** Whether somebody at the console asks, whom no fault strikes: those are for the programs that are tested. */
  readonly bySession: boolean
}

/**
 * The caller behind an `Authorization` header; at once, without a promise, when its token is remembered.
 * Refuses everything else: by throwing or by rejecting. `at` is when it came, in milliseconds since 1970; now unless said.
 */
export type Identify = (authorization: string | undefined, at?: number) => Caller | Promise<Caller>

export interface Identifier {
  readonly identify: Identify
  /** To be called when a key was revoked here, so that its next request is refused already. */
  readonly forgetKey: (keyId: string) => void
}

/** Unverified: Apple's own limit. A real token has some 300 characters, more with a long scope. */
const LONGEST_TOKEN = 8192

/**
 * Unverified: how much Apple allows clocks to differ. fastlane dates its tokens a minute back and still uses the
 * whole lifetime, and works.
 */
const CLOCK_SLACK_SECONDS = 60

const MOST_TOKEN_BYTES = 16 * 1024 * 1024
/** What is remembered of a token beside its characters: its caller and its place. */
const BYTES_PER_TOKEN = 1024

/** Anything that could be a key id. What cannot is not looked up: PostgreSQL fails on a NUL in a text. */
const KEY_ID = /^[\x21-\x7e]{1,128}$/

/** What is known of a token after it was verified. */
interface VerifiedToken {
  readonly caller: Caller
  readonly key: KnownKey
  /** Milliseconds since 1970: what was found holds between the two. */
  readonly verifiedAt: number
  readonly expiresAt: number
}

/** Verifies each token once and remembers it until it expires, is crowded out, or its key changes. */
export function createIdentifier(source: KeySource): Identifier {
  const { now } = source
  const keys = createKnownKeys(source)
  const verified = new LRUCache<string, VerifiedToken>({
    maxSize: MOST_TOKEN_BYTES,
    sizeCalculation: (_, token) => BYTES_PER_TOKEN + token.length,
  })

  function identify(authorization: string | undefined, at = now()): Caller | Promise<Caller> {
    const token = readBearer(authorization)
    const found = verified.get(token)
    if (found === undefined) return identifyFirst(token)
    if (at >= found.expiresAt) {
      verified.delete(token)
      return refuseToken(whyExpired(found.expiresAt, at))
    }
    // The clock went back: the token may be from the future now.
    if (at < found.verifiedAt) return identifyFirst(token)
    return keys.isFresh(found.key, at) ? found.caller : identifyAgain(token, found)
  }

  async function identifyFirst(token: string): Promise<Caller> {
    return verify(token, await keys.find(readKeyId(token)))
  }

  async function identifyAgain(token: string, found: VerifiedToken): Promise<Caller> {
    const key = await keys.find(found.key.record.id)
    if (key === found.key) return found.caller
    verified.delete(token)
    return verify(token, key)
  }

  async function verify(token: string, key: FoundKey): Promise<Caller> {
    if (!isUsable(key)) return refuseToken(`The key ${readKeyId(token)} is ${key}.`)
    const at = now()
    const claims = await readSignedClaims(token, key, at)
    const caller = readCaller(claims, key.record, at)
    verified.set(token, { caller, key, verifiedAt: at, expiresAt: expiryOf(claims) * 1000 })
    return caller
  }

  return { identify, forgetKey: keys.forget }
}

function readBearer(authorization: string | undefined): string {
  if (authorization === undefined) return refuseToken('There is no Authorization header.')
  if (!/^bearer /i.test(authorization)) return refuseToken(`The Authorization header does not begin with 'Bearer '.`)
  const token = authorization.slice('Bearer '.length).trim()
  return token.length > LONGEST_TOKEN ? refuseToken(`The token has more than ${LONGEST_TOKEN} characters.`) : token
}

function readKeyId(token: string): string {
  const { kid } = readHeader(token)
  return typeof kid === 'string' && KEY_ID.test(kid)
    ? kid
    : refuseToken(`The header of the token names no key: 'kid' is missing.`)
}

function readHeader(token: string): { readonly kid?: unknown } {
  try {
    return decodeProtectedHeader(token)
  } catch {
    // Whatever is wrong, it was the client who wrote it; nothing but the text is at work here.
    return refuseToken('The token is not a JSON Web Token.')
  }
}

/** The claims, when the key signed them and they hold at `at` for this service. */
async function readSignedClaims(token: string, { publicKey }: KnownKey, at: number): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, publicKey, {
      algorithms: ['ES256'],
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['exp'],
      currentDate: new Date(at),
      // Unverified: that an expired token gets no slack, that a token before its `nbf` is refused, and that
      // neither `typ` nor unknown claims matter.
    })
    return payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return refuseToken(whyRefused(error, at))
    throw error
  }
}

function readCaller(claims: JWTPayload, key: ApiKey, at: number): Caller {
  if (!isIssuedWith(claims, key)) return refuseToken(whyNotIssuedWith(key))
  const wrongTimes = whyWrongTimes(claims, at / 1000)
  if (wrongTimes !== undefined) return refuseToken(wrongTimes)
  return {
    keyId: key.id,
    team: key.team,
    roles: key.roles,
    individual: key.individual,
    scope: readScope(claims['scope']),
    limited: true,
    bySession: false,
  }
}

/** Unverified: that `sub` in a team key's token is ignored, and that the issuer is compared letter by letter. */
function isIssuedWith(claims: JWTPayload, key: ApiKey): boolean {
  return key.individual ? claims.iss === undefined && claims.sub === 'user' : claims.iss === key.issuerId
}

function whyNotIssuedWith({ individual }: ApiKey): string {
  return individual
    ? `A token of an individual key has 'sub' set to 'user' and no 'iss'.`
    : `'iss' is not the issuer id of the team that the key belongs to.`
}

/**
 * The exception that Apple documents, six months for scopes that only read certain resources, never applies:
 * those resources are not part of this service.
 */
function whyWrongTimes(claims: JWTPayload, atSeconds: number): string | undefined {
  // Unverified: that a token without `iat`, as codemagic sends, is measured from the time of the request.
  const { iat = atSeconds } = claims
  const lifetime = expiryOf(claims) - iat
  // Unverified: that a token from the future is refused at all.
  if (iat > atSeconds + CLOCK_SLACK_SECONDS)
    return `The token was issued in the future: 'iat' is ${toDate(iat * 1000)}.`
  return lifetime > TOKEN_LIFETIME_SECONDS + CLOCK_SLACK_SECONDS
    ? `The token lives for ${Math.round(lifetime)} seconds; ${TOKEN_LIFETIME_SECONDS} are allowed.`
    : undefined
}

function whyExpired(expiresAt: number, at: number): string {
  return `The token expired at ${toDate(expiresAt)}; it is ${toDate(at)}.`
}

/** Milliseconds since 1970, from a client: they may be too many for a date. */
function toDate(milliseconds: number): string {
  const date = new Date(milliseconds)
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString()
}

function whyRefused(error: errors.JOSEError, at: number): string {
  if (error instanceof errors.JWTExpired) return whyExpired(Number(error.payload.exp) * 1000, at)
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud' ? `'aud' is not '${TOKEN_AUDIENCE}'.` : `'${error.claim}' is ${error.reason}.`
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature is not one of the key.'
  return `The token cannot be verified: ${error.code}.`
}

function expiryOf({ exp }: JWTPayload): number {
  if (exp === undefined) throw new Error('A token without an expiry has passed verification, which asks for one.')
  return exp
}

function refuseToken(why: string): never {
  throw new TokenRefused(why)
}
