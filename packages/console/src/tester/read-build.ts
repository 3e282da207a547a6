import { createControlClientOf, type ControlClient } from '@clipflight/control/client'
import { requestLines } from '@clipflight/control/request-lines'

const client: ControlClient = createControlClientOf(requestLines, {
  url: location.origin,
  session: { team: 'none' },
  // Whoever has signed in to the console in this browser sees no more here than everybody who has the link.
  fetch: (input, init) => fetch(input, { ...init, credentials: 'omit' }),
})

/** What the link opens. Rejects with `ControlError`, of status 404 where it opens nothing. */
export const readBuild = client.readTesterBuild
