import { APPLE_HOST } from '@clipflight/contract'
import { wrongUsage } from '../command-error.ts'

export const APPLE_URL = `https://${APPLE_HOST}`

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** A base URL without a slash at its end. Tokens go there, so it is https, or stays on this machine. */
export function readBaseUrl(text: string, where: string): string {
  const url = URL.parse(text)
  const isPlain = url?.protocol === 'http:' && LOOPBACK.test(url.hostname)
  if (
    url === null ||
    !(url.protocol === 'https:' || isPlain) ||
    url.username !== '' ||
    url.password !== '' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw wrongUsage(`${where} must be an https URL, or http on this machine: tokens are sent there`)
  return url.href.replace(/\/+$/, '')
}

/** Whether a URL leads to this machine. */
export function isLocal(url: string): boolean {
  return LOOPBACK.test(URL.parse(url)?.hostname ?? '')
}
