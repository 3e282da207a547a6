import { fileURLToPath } from 'node:url'
import { refuse } from '@clipflight/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Doorkeeper } from '../control/authority.ts'
import type { Pages } from './pages.ts'

export interface ServingPages {
  readonly doorkeeper: Doorkeeper
  /** Where the built pages are; beside the service unless said. */
  readonly folder?: string
}

/** Where the console is, with a client-side router below it. */
export const CONSOLE_PATH = '/console/'

/** Pages of links for testers, whose tokens stand behind it. */
const TESTER_PAGES = '/t/*'

const METHODS_OF_PAGES = ['GET', 'HEAD']

/** `/console/` and the pages of links for testers. Files are looked at with the first request. */
export function servePages(server: FastifyInstance, { doorkeeper, folder }: ServingPages): void {
  let opened: Promise<Pages> | undefined
  const open = (): Promise<Pages> => (opened ??= openPages(folder))

  const send = (find: (pages: Pages, rest: string) => ReturnType<Pages['file']>) => ({
    onRequest: async (request: FastifyRequest) => doorkeeper.refuseForeign(request),
    handler: async (request: FastifyRequest<{ Params: { '*'?: string } }>, reply: FastifyReply) => {
      const { sendFile, sendNotBuilt } = await import('./pages.ts')
      const pages = await open()
      // Looked for again: somebody is told how to build them, and does.
      if (pages.isEmpty) opened = undefined
      const file = pages.isEmpty ? undefined : find(pages, request.params['*'] ?? '')
      if (pages.isEmpty) sendNotBuilt(reply)
      else if (file === undefined) refuse({ code: 'NOT_FOUND', detail: 'There is no such file.' })
      else await sendFile(file, request, reply)
      return reply
    },
  })

  for (const url of ['/console', '/console/*']) {
    server.route({ method: METHODS_OF_PAGES, url, ...send((pages, rest) => findConsoleFile(pages, rest)) })
  }
  server.route({ method: METHODS_OF_PAGES, url: TESTER_PAGES, ...send((pages) => pages.file('tester.html')) })
  refuseTesterPages(
    server,
    server.supportedMethods.filter((method) => !METHODS_OF_PAGES.includes(method)),
  )
}

/** Answers what has a token of a tester in its path, so that no log of requests gets to see it. */
export function refuseTesterPages(server: FastifyInstance, methods: readonly string[] = server.supportedMethods): void {
  server.route({
    method: [...methods],
    url: TESTER_PAGES,
    onRequest: async () => refuse({ code: 'NOT_FOUND', detail: 'There is no such page.' }),
    handler: (_request, reply) => reply,
  })
}

/** A file that is there; the page itself for what only its router knows. */
function findConsoleFile(pages: Pages, name: string): ReturnType<Pages['file']> {
  const file = pages.file(name)
  return file === undefined && !name.startsWith('assets/') ? pages.file('index.html') : file
}

async function openPages(folder = fileURLToPath(new URL('.', import.meta.resolve('#console-assets/index.html')))) {
  const { readPages } = await import('./pages.ts')
  return readPages(folder)
}
