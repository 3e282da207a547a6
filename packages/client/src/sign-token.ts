import { TOKEN_AUDIENCE, TOKEN_LIFETIME_SECONDS } from '@clipflight/contract'

/** The key of a team, or of one person (`individual`). */
export type ApiKey =
  | { readonly keyId: string; readonly privateKey: PrivateKey; readonly issuerId: string; readonly individual?: false }
  | { readonly keyId: string; readonly privateKey: PrivateKey; readonly individual: true }

/** A key of WebCrypto's. Runtimes do not agree on the name of the type. */
export type SigningKey = Parameters<typeof crypto.subtle.sign>[1]

/** The content of a `.p8` file, or the key that WebCrypto made of it. */
export type PrivateKey = string | SigningKey

/** The private key cannot be used: it is no PKCS #8 key in PEM, or not on the curve P-256. */
export class PrivateKeyError extends Error {
  override readonly name = 'PrivateKeyError'

  // Without a cause: what a runtime says about a key it could not read might quote it.
  constructor() {
    super('The private key is not one of App Store Connect: a P-256 key in PKCS #8, as its .p8 files hold it.')
  }
}

const P_256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ES256 = { name: 'ECDSA', hash: 'SHA-256' } as const

/** Tokens from the future are refused: clocks may be this far ahead of the service's. */
const BACKDATED_SECONDS = 60

/** How long a token is good for after it was signed. */
export const TOKEN_SECONDS = TOKEN_LIFETIME_SECONDS - BACKDATED_SECONDS

/** Reads a private key once, so that many tokens can be signed with it. Throws `PrivateKeyError`. */
export async function readPrivateKey(privateKey: PrivateKey): Promise<SigningKey> {
  if (typeof privateKey !== 'string') return privateKey
  try {
    return await crypto.subtle.importKey('pkcs8', bytesOfPem(privateKey), P_256, false, ['sign'])
  } catch {
    throw new PrivateKeyError()
  }
}

/** A token of the form that Apple's service and Clipflight's take, signed at `now`, in milliseconds since 1970. */
export async function signToken(key: ApiKey, privateKey: SigningKey, now: number): Promise<string> {
  const issuedAt = Math.floor(now / 1000) - BACKDATED_SECONDS
  const header = { alg: 'ES256', kid: key.keyId, typ: 'JWT' }
  const claims = {
    ...(key.individual === true ? { sub: 'user' } : { iss: key.issuerId }),
    iat: issuedAt,
    exp: issuedAt + TOKEN_LIFETIME_SECONDS,
    aud: TOKEN_AUDIENCE,
  }
  const text = `${base64Url(utf8(JSON.stringify(header)))}.${base64Url(utf8(JSON.stringify(claims)))}`
  return `${text}.${base64Url(new Uint8Array(await crypto.subtle.sign(ES256, privateKey, utf8(text))))}`
}

/** The bytes between the lines of a PEM. Line ends may be missing or written as `\n`, as variables hold them. */
function bytesOfPem(pem: string): Uint8Array<ArrayBuffer> {
  const [, base64 = ''] = /-----BEGIN PRIVATE KEY-----([\s\S]+)-----END PRIVATE KEY-----/.exec(pem) ?? []
  return Uint8Array.from(atob(base64.replaceAll(String.raw`\n`, '')), (character) => character.charCodeAt(0))
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
