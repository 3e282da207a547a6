import type { ServerResponse } from 'node:http'
import { answer, forward, hangUp, passOn, startFaultyServer, type SeenRequest } from '../faulty-server.ts'

/** A server for `use-client.js`: what it does wrong goes by the path, and all else it passes on to the service. */
export async function startRudeServer(service: string): ReturnType<typeof startFaultyServer> {
  const came = Promise.withResolvers<void>()
  const left = Promise.withResolvers<void>()
  let creations = 0

  const paths: Readonly<Record<string, (response: ServerResponse) => void | Promise<void>>> = {
    '/v1/apps/moved': (response) => answer(response, 302, undefined, { location: '/v1/apps/elsewhere' }),
    '/v1/apps/html': (response) => {
      response.end('<h1>Sign in</h1>')
    },
    '/v1/apps/cut': hangUp,
    '/v1/apps/silent': () => {},
    '/v1/apps/abandoned': (response) => {
      response.on('close', left.resolve)
      came.resolve()
    },
    '/once-it-came': (response) => came.promise.then(() => answer(response, 204)),
    '/once-it-left': (response) => left.promise.then(() => answer(response, 204)),
  }

  async function loseFirstCreation(request: SeenRequest, response: ServerResponse): Promise<void> {
    const answered = await forward(request, service)
    if (request.method === 'POST' && ++creations === 1) hangUp(response)
    else await passOn(response, answered)
  }

  return startFaultyServer((request, response) => {
    const misbehave = paths[request.path]
    return misbehave === undefined ? loseFirstCreation(request, response) : misbehave(response)
  })
}
