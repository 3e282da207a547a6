import { createPrivateKey, sign } from 'node:crypto'
import { TOKEN_AUDIENCE, TOKEN_LIFETIME_SECONDS } from '@clipflight/contract'

/** What a token is signed with. */
export interface Signer {
  readonly keyId: string
  /** Null for an individual key. */
  readonly issuerId: string | null
  /** PKCS#8, PEM. */
  readonly privateKey: string
}

/** A bearer token, at once: loads are put together where nothing can be waited for, as the client's signer has to. */
export function signToken({ keyId, issuerId, privateKey }: Signer, now: number): string {
  const issuedAt = Math.floor(now / 1000)
  const whose = issuerId === null ? { sub: 'user' } : { iss: issuerId }
  const claims = { ...whose, iat: issuedAt, exp: issuedAt + TOKEN_LIFETIME_SECONDS, aud: TOKEN_AUDIENCE }
  const signed = `${toBase64Url({ alg: 'ES256', kid: keyId, typ: 'JWT' })}.${toBase64Url(claims)}`
  // JWTs carry the bare two numbers of the signature, not OpenSSL's structure around them.
  const signature = sign('sha256', Buffer.from(signed), {
    key: createPrivateKey(privateKey),
    dsaEncoding: 'ieee-p1363',
  })
  return `${signed}.${signature.toString('base64url')}`
}

function toBase64Url(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
