import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Invocation, Order, Outcome, Task } from './client-work/work.ts'
import { installClients, type ClientPackage, type ClientPackages } from './client-packages.ts'
import { clientHeaders, serve, type Clipflight } from './clipflight.ts'
import { openGateway, type Gateway } from './counting-gateway.ts'
import { APP_BUNDLE_ID, firstId, makeData } from './data.ts'
import { firstLineOf } from './findings.ts'
import { say } from './rounds.ts'
import { runToEnd, type Program } from './whole-processes.ts'

const INVOCATIONS = 3
const LOCALES = 40

/** The bundle that is read, in words. */
export const FULL_BUNDLE = `${INVOCATIONS} invocations in ${LOCALES} locales`

/** What clients and the command are measured on: a service with a full bundle and an empty one. */
export interface ClientGround extends AsyncDisposable {
  readonly packages: ClientPackages
  readonly server: Clipflight
  /** Before the server. */
  readonly gateway: Gateway
  readonly app: string
  /** Number and id of the build with the full bundle. */
  readonly build: string
  readonly buildId: string
  /** A `clipflight.yaml` that wants one title otherwise than it is. */
  readonly filePath: string
  /** The work of a package as a process, straight at the server unless the gateway's URL is given. */
  program(client: ClientPackage, task: Task, options?: { readonly times?: number; readonly baseUrl?: string }): Program
}

export async function prepareClientGround(directory: string): Promise<ClientGround> {
  const installed = await installClients(join(directory, 'clients'))
  const data = await makeData(join(directory, 'invocations'), {
    invocations: INVOCATIONS,
    titles: LOCALES,
    emptyBundles: 1,
  })
  await using stack = new AsyncDisposableStack()
  const server = stack.use(await serve(data.dataDir))
  const gateway = stack.use(await openGateway(server.url))
  const full = await findFullBundle(server)
  const wantedPath = join(directory, 'wanted.json')
  const filePath = join(directory, 'clipflight.yaml')
  const { keyId, issuerId, privateKeyPath } = server
  const order = {
    app: APP_BUNDLE_ID,
    build: full.build,
    bundle: full.bundleId,
    emptyBundle: firstId(data.emptyBundles),
    wantedPath,
  }

  function program(
    client: ClientPackage,
    task: Task,
    { times = 1, baseUrl = server.url }: { readonly times?: number; readonly baseUrl?: string } = {},
  ): Program {
    const connection = { baseUrl, keyId, issuerId, privateKeyPath }
    const given: Order = { task, times, connection, ...order }
    return { name: client.name, args: [client.program, JSON.stringify(given)] }
  }

  const { output } = await runToEnd(program(installed.ours, 'read'))
  const actual = outcomeOfWork(output).result as Invocation[]
  writeWanted(actual, wantedPath, filePath)
  const packages = await keepWorking(installed, program)
  const stay = stack.move()
  return {
    packages,
    server,
    gateway,
    app: order.app,
    build: full.build,
    buildId: full.buildId,
    filePath,
    program,
    [Symbol.asyncDispose]: () => stay[Symbol.asyncDispose](),
  }
}

/** A peer that cannot do the work on our service is missing, rather than the end of a long run. */
async function keepWorking(
  { ours, peers, missing }: ClientPackages,
  program: (client: ClientPackage, task: Task) => Program,
): Promise<ClientPackages> {
  const working: ClientPackage[] = []
  const failed: string[] = []
  for (const peer of peers) {
    try {
      for (const task of ['read', 'change', 'plan'] as const) await runToEnd(program(peer, task))
      working.push(peer)
    } catch (error) {
      failed.push(firstLineOf(error))
      say(`NOT MEASURED: ${String(error)}`)
    }
  }
  return { ours, peers: working, missing: [...missing, ...failed] }
}

/** What a program of the work has printed. */
export function outcomeOfWork(output: string): Outcome {
  return JSON.parse(output) as Outcome
}

interface FullBundle {
  readonly build: string
  readonly buildId: string
  readonly bundleId: string
}

/** The first build that was filled has it. */
async function findFullBundle(server: Clipflight): Promise<FullBundle> {
  const build = '0'
  const url = `${server.url}/v1/builds?filter[version]=${build}&include=buildBundles`
  const response = await fetch(url, { headers: clientHeaders(server) })
  const { data, included } = (await response.json()) as Record<'data' | 'included', { readonly id: string }[]>
  const [buildId, bundleId] = [data[0]?.id, included[0]?.id]
  if (buildId === undefined || bundleId === undefined) throw new Error(`There is no bundle in the build ${build}`)
  return { build, buildId, bundleId }
}

/** One title of what is there is wanted otherwise. */
function writeWanted(actual: readonly Invocation[], wantedPath: string, filePath: string): void {
  const wanted = actual.map(({ url, titles }, index) => ({
    url,
    titles: index === 0 ? { ...titles, 'en-US': 'Order and pay at the table' } : titles,
  }))
  writeFileSync(wantedPath, JSON.stringify(wanted))
  const lines = wanted.flatMap(({ url, titles }) => [
    `  - url: ${url}`,
    '    title:',
    ...Object.entries(titles).map(([locale, title]) => `      '${locale}': ${JSON.stringify(title)}`),
  ])
  writeFileSync(filePath, [`app: ${APP_BUNDLE_ID}`, 'invocations:', ...lines, ''].join('\n'))
}
