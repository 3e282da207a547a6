import { hash, randomBytes } from 'node:crypto'

const BYTES = 32

/** As URLs and cookies take it, without escapes: 43 characters for 32 bytes. */
const LENGTH = Math.ceil((BYTES * 4) / 3)
const FORM = `[\\w-]{${LENGTH}}`

/** The form of all of them. */
export const SECRET = new RegExp(`^${FORM}$`)

/**
 * What looks like one of ours, a session's with its letter in front, or like a bearer token, with what runs into it. Words
 * are looked at from their beginning only, so that a long one takes no longer than it is long.
 */
const LIKE_SECRETS = new RegExp(`(?<![\\w-])(?:\\w?${FORM}(?![\\w-])|(?=[\\w-]*eyJ)[\\w-]+\\.[\\w-]+\\.[\\w-]*)`, 'g')

export const REDACTED = '[redacted]'

/** Each as it is wherever it stands: a letter in front of it may be what an escape became. */
export function secretsIn(text: string): readonly string[] {
  return (text.match(LIKE_SECRETS) ?? []).map((found) =>
    found.includes('.') ? found.slice(found.indexOf('eyJ')) : found.slice(-LENGTH),
  )
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
