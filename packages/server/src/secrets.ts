import { hash, randomBytes } from 'node:crypto'

const BYTES = 32

/** As URLs and cookies take it, without escapes: 43 characters for 32 bytes. */
const FORM = `[\\w-]{${Math.ceil((BYTES * 4) / 3)}}`

/** The form of all of them. */
export const SECRET = new RegExp(`^${FORM}$`)

/** Everything in a text that looks like one. */
export const LIKE_SECRETS = new RegExp(`(?<![\\w-])${FORM}(?![\\w-])`, 'g')

/** 256 random bits: nobody guesses them, and their hash gives nothing away. */
export function makeSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** What the database has in the place of a secret: SHA-256. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
