import { createClient, type Client } from '@clipflight/client'
import { createControlClientOf } from '@clipflight/control/client'
import { requestLines } from '@clipflight/control/request-lines'

/** Everything below /_clipflight/, as whoever has signed in. */
export const control = createControlClientOf(requestLines, { url: location.origin, session: { team: 'none' } })

const clients = new Map<number, Client>()

/** App Store Connect's API as this service has it, for one team, as whoever has signed in. */
export function serviceOf(team: number): Client {
  const known = clients.get(team)
  if (known !== undefined) return known
  const made = createClient({
    baseUrl: location.origin,
    session: { team },
    // A deletion that is sent as the page is left arrives nevertheless.
    fetch: (url, init) => fetch(url, { ...init, keepalive: init.method === 'DELETE' }),
    // Somebody is waiting, and can try again; what a retry takes longer than that is better said than waited for.
    retry: { tries: 2, connectionRefused: false, longestWaitMilliseconds: 2000 },
    timeoutMilliseconds: 15_000,
  })
  clients.set(team, made)
  return made
}
