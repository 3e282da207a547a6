import { readPrivateKey, signToken, TOKEN_SECONDS, type ApiKey, type SigningKey } from './sign-token.ts'

/** Where the bearer token of each request comes from. */
export interface Tokens {
  current(): Promise<string>
  /**
   * Makes sure that this token, which was refused, is not handed out again. From then on tokens are signed by the time of
   * the service, where that is known and is another.
   */
  discard(refused: string, serviceTime: number | undefined): void
}

/** A token is replaced this long before it expires: a request may be on its way for a while. */
const RENEWED_BEFORE_EXPIRY_MILLISECONDS = 60_000

/** Tokens are good for clocks that differ by so much; a `Date` and the way of the answer are not exact either. */
const HARMLESS_MILLISECONDS = 30_000

/** Tokens of a key: one is signed, and used by everybody until shortly before it expires. */
export function tokensOfKey(key: ApiKey, now: () => number): Tokens {
  let kept: { readonly token: Promise<string>; readonly goodUntil: number; signed?: string } | undefined
  let privateKey: Promise<SigningKey> | undefined
  /** How far the service's clock is ahead of this one. */
  let ahead = 0

  async function sign(at: number): Promise<string> {
    privateKey ??= readPrivateKey(key.privateKey)
    return signToken(key, await privateKey, at)
  }

  return {
    async current() {
      const at = now()
      if (kept === undefined || at >= kept.goodUntil) {
        kept = { token: sign(at + ahead), goodUntil: at + TOKEN_SECONDS * 1000 - RENEWED_BEFORE_EXPIRY_MILLISECONDS }
      }
      const current = kept
      try {
        return (current.signed = await current.token)
      } catch (error) {
        kept = undefined
        throw error
      }
    },
    discard(refused, serviceTime) {
      if (kept?.signed !== refused) return
      kept = undefined
      if (serviceTime === undefined) return
      const difference = serviceTime - now()
      ahead = Math.abs(difference) > HARMLESS_MILLISECONDS ? difference : 0
    },
  }
}

/** Tokens that somebody else makes and keeps: asked for before each request. */
export function tokensOfProvider(provide: () => string | Promise<string>): Tokens {
  return {
    async current() {
      const token = await provide()
      // What is refused here would be quoted by the error of a runtime that cannot send it.
      if (typeof token !== 'string' || !/^[\w.~+/=-]+$/.test(token)) {
        throw new TypeError('The function given as `token` returned something that is no bearer token.')
      }
      return token
    },
    discard() {
      // The provider is asked again before every request.
    },
  }
}
