import {
  apps,
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  betaBuildLocalizations,
  buildBetaDetails,
  buildBundles,
  builds,
  createClientOf,
  preReleaseVersions,
} from '@clipflight/client'
import { createControlClientOf } from '@clipflight/control/client'
import { CONTROL_PATH } from '@clipflight/control/path'
import { requestLines } from '@clipflight/control/request-lines'

/** Everything below /_clipflight/, as whoever has signed in. */
export const control = createControlClientOf(requestLines, { url: location.origin, session: { team: 'none' } })

/** What pages ask for and show: the definitions of the rest would be a part of every first load. */
const SHOWN = {
  apps,
  preReleaseVersions,
  builds,
  buildBetaDetails,
  betaBuildLocalizations,
  buildBundles,
  betaAppClipInvocations,
  betaAppClipInvocationLocalizations,
}

export type Service = ReturnType<typeof createClientOf<typeof SHOWN>>

const clients = new Map<number, Service>()

/** App Store Connect's API as this service has it, for one team, as whoever has signed in. */
export function serviceOf(team: number): Service {
  const known = clients.get(team)
  if (known !== undefined) return known
  const made = createClientOf(SHOWN, {
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

/**
 * The service's time, in milliseconds since 1970: it checks tokens by a clock that can be set. This machine's where the
 * service does not answer.
 */
export async function readTime(): Promise<number> {
  const answer = await fetch(`${CONTROL_PATH}/health`).catch(() => undefined)
  const at = Date.parse(answer?.headers.get('date') ?? '')
  return Number.isNaN(at) ? Date.now() : at
}
