import { readBaseUrl as readSafeUrl } from '@clipflight/client'
import { wrongUsage } from '../command-error.ts'

const VERSION = '/v1'

/** A base URL without a slash at its end. Tokens go there, so it is one that the client takes. */
export function readBaseUrl(text: string, where: string): string {
  const url = readSafely(text, where)
  // Every path that is asked for begins with it.
  if (url.endsWith(VERSION))
    throw wrongUsage(
      `${where} must end before ${VERSION}, which is part of every request: ${url.slice(0, -VERSION.length)}`,
    )
  return url
}

function readSafely(text: string, where: string): string {
  try {
    return readSafeUrl(text)
  } catch {
    // What it says is for programmers, and the same for every mistake here.
    throw wrongUsage(`${where} must be an https URL, or http on this machine: tokens are sent there`)
  }
}
