import { readBaseUrl as readSafeUrl } from '@clipflight/client'
import { wrongUsage } from '../command-error.ts'

/** A base URL without a slash at its end. Tokens go there, so it is one that the client takes. */
export function readBaseUrl(text: string, where: string): string {
  const url = readSafely(text, where)
  const version = /\/v\d+$/.exec(url)
  // Every path that is asked for begins with it.
  if (version !== null)
    throw wrongUsage(
      `${where} must end before ${version[0]}, which is part of every request: ${url.slice(0, version.index)}`,
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
