import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import type { Controlled } from './start-controlled.ts'

/** On PostgreSQL each takes a connection, and the service has no more; on SQLite they wait for each other. */
const ENOUGH_WRITES = 10

/** Keeps everybody else from the database until what is returned is called. */
async function holdDatabase(storage: Storage): Promise<() => Promise<unknown>> {
  const { promise: holding, resolve: startsHolding } = Promise.withResolvers<void>()
  const { promise: end, resolve: letGo } = Promise.withResolvers<void>()
  const writes = Array.from({ length: ENOUGH_WRITES }, () =>
    storage.write(() => {
      startsHolding()
      return end
    }),
  )
  await holding
  return () => {
    letGo()
    return Promise.all(writes)
  }
}

/** Asks for something that takes the database, and hangs up before the service gets at it. */
export async function leaveWaiting(
  { url, storage }: Controlled,
  path: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const letGo = await holdDatabase(storage)
  const arrives = nextResponse(path)
  const asking = request(`${url}${path}`, { headers })
  asking.on('error', () => {}).end()
  const response = await arrives
  asking.destroy()
  await once(response, 'close')
  await letGo()
}

/** What the service, which is in this process, will answer the next request for a path with. */
function nextResponse(path: string): Promise<ServerResponse> {
  const channel = 'http.server.request.start'
  return new Promise((resolve) => {
    subscribe(channel, function look(message) {
      // Erasure: Node types what its channels carry as unknown.
      const { request: asked, response } = message as { request: IncomingMessage; response: ServerResponse }
      if (asked.url !== path) return
      unsubscribe(channel, look)
      resolve(response)
    })
  })
}
