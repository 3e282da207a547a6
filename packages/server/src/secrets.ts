import { hash, randomBytes } from 'node:crypto'

const BYTES = 32

/** As URLs and cookies take it, without escapes: 43 characters for 32 bytes. */
const FORM = `[\\w-]{${Math.ceil((BYTES * 4) / 3)}}`

/** The form of all of them. */
export const SECRET = new RegExp(`^${FORM}$`)

/** What looks like one of ours, a session's with its letter in front, or like a bearer token. */
const LIKE_SECRETS = new RegExp(`(?<![\\w-])(?:\\w?${FORM}|eyJ[\\w-]*\\.[\\w-]+\\.[\\w-]*)(?![\\w-])`, 'g')

export const REDACTED = '[redacted]'

export function secretsIn(text: string): readonly string[] {
  return text.match(LIKE_SECRETS) ?? []
}

/** The text without them. */
export function redact(text: string): string {
  return text.replaceAll(LIKE_SECRETS, REDACTED)
}

/** 256 random bits: nobody guesses them, and their hash gives nothing away. */
export function makeSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** What the database has in the place of a secret: SHA-256. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
