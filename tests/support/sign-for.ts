import { readPrivateKey, signToken } from '@clipflight/client'

/** What a token is signed with, as a service announces it. */
interface Signer {
  readonly keyId: string
  readonly issuerId: string
  /** PEM. */
  readonly privateKey: string
}

/** A bearer token, signed at `now`, in milliseconds since 1970. */
export async function signFor(signer: Signer, now: number = Date.now()): Promise<string> {
  return signToken(signer, await readPrivateKey(signer.privateKey), now)
}
