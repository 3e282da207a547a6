import { APPLE_HOST } from '@clipflight/contract'

/** Apple's production host. */
export const APPLE_BASE_URL = `https://${APPLE_HOST}`

/** The base URL without a slash at its end. Throws unless tokens, if any are sent, are safe on the way there. */
export function readBaseUrl(text: string, { sendsTokens = true }: { readonly sendsTokens?: boolean } = {}): string {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new TypeError('baseUrl must be a URL of scheme, host and path only.')
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && (!sendsTokens || isLoopback(url.hostname)))
  if (!isSafe) throw new TypeError(`baseUrl must be https, or http on this machine, and is ${url.origin}.`)
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

/** Whether what is sent to a URL stays on this machine. */
export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname)
}

/**
 * What never leaves the machine; URL has written every form of an IPv4 address as four decimal numbers. Names below
 * `localhost` are not among it: outside of browsers some resolvers ask the network for them.
 */
function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
}
