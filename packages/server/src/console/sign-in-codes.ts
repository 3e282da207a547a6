import { hashSecret, makeSecret } from '../secrets.ts'

const LIFETIME_MILLISECONDS = 5 * 60 * 1000
/** Whoever makes more loses the oldest. */
const MOST = 100

/** Codes that sign an admin in, each once, in this process only. */
export interface SignInCodes {
  create(): { readonly code: string; readonly expiresAt: number }
  /** Whether it was one; it is none from then on. */
  take(code: string): boolean
}

export function createSignInCodes(machineNow: () => number): SignInCodes {
  /** When each ends, by its hash: looking one up takes no time that says how much of it is right. */
  const ends = new Map<string, number>()
  return {
    create() {
      const code = makeSecret()
      const at = machineNow()
      for (const [hash, end] of ends) if (end <= at || ends.size >= MOST) ends.delete(hash)
      const expiresAt = at + LIFETIME_MILLISECONDS
      ends.set(hashSecret(code), expiresAt)
      return { code, expiresAt }
    },
    take(code) {
      const hash = hashSecret(code)
      const end = ends.get(hash)
      ends.delete(hash)
      return end !== undefined && end > machineNow()
    },
  }
}
