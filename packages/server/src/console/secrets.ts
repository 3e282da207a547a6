import { hash, randomBytes } from 'node:crypto'

const BYTES = 32

/** The form of all of them, as URLs and cookies take it. */
export const SECRET = /^[\w-]{43}$/

/** 256 random bits: nobody guesses them, and their hash gives nothing away. */
export function makeSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** What the database has in the place of a secret: SHA-256. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
