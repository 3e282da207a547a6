import { isOnThisMachine } from '@clipflight/client'

/** What to do where nobody answers at a URL. */
export function adviceToReach(url: string): string {
  if (!isOnThisMachine(url)) return 'Check the URL, the network, and whether a proxy is needed.'
  const { protocol, port } = new URL(url)
  // The service itself speaks http: the port of a proxy before it is not its own.
  const flag = protocol === 'http:' && port !== '' ? ` --port ${port}` : ''
  return `Is the service running? Start it: clipflight serve${flag}`
}
