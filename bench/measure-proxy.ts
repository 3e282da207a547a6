import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientHeaders, commandPath, invocationPath, serve, type Announcement } from './clipflight.ts'
import { firstId, makeData } from './data.ts'
import { atLeast, type Group } from './findings.ts'
import type { Load } from './load.ts'
import { failuresOf, ratesTable } from './measure-rates.ts'
import type { Plan } from './options.ts'
import { firstLine, startServer, type ServerProcess } from './processes.ts'
import { alternate, outcomeOf, say } from './rounds.ts'

const APPLE = 'https://api.appstoreconnect.apple.com'

const DIRECT = 'at its own port'
const PROXIED = 'at the name of Apple, through the proxy in its process'
const FORWARDED = 'at the name of Apple, through a proxy in another process'

const TARGET = 0.6

/** The same GET with and without `clipflight proxy` between client and service, on kept-alive connections. */
export async function measureProxy(directory: string, plan: Plan): Promise<Group> {
  const data = await makeData(join(directory, 'proxied'), { invocations: plan.smallInvocations, emptyBundles: 0 })
  const other = await makeData(join(directory, 'forwarded'), { invocations: plan.smallInvocations, emptyBundles: 0 })
  await using servers = new AsyncDisposableStack()
  const proxy = servers.use(startProxy(data.dataDir))
  const proxyUrl = await urlOf(proxy)
  const service = announcementOf(data.dataDir)
  const otherService = servers.use(await serve(other.dataDir))
  const otherProxyUrl = await urlOf(servers.use(startProxy(other.dataDir)))

  const path = invocationPath(firstId(data.invocations))
  const otherPath = invocationPath(firstId(other.invocations))
  say('Through the proxy:')
  const outcomes = await alternate(
    [
      { name: DIRECT, load: () => ({ url: `${service.url}${path}`, headers: clientHeaders(service), isBare: true }) },
      { name: PROXIED, load: () => loadThrough(proxyUrl, data.dataDir, service, path) },
      { name: FORWARDED, load: () => loadThrough(otherProxyUrl, other.dataDir, otherService, otherPath) },
    ],
    plan,
  )
  const ratio = outcomeOf(outcomes, PROXIED).perSecond / outcomeOf(outcomes, DIRECT).perSecond
  return {
    parts: [
      {
        findings: [
          atLeast('GET of one invocation through the proxy: rate, of the direct one', ratio, TARGET),
          ...failuresOf(outcomes),
        ],
        tables: [ratesTable('GET of one invocation, with and without a proxy', outcomes, DIRECT)],
      },
    ],
    howMeasured: [
      'The proxy is loaded over bare sockets by a program of our own, as neither wrk nor autocannon goes through proxies; so is the port that it is compared with. Connections, with CONNECT and TLS, are made before the clock runs.',
    ],
    caveats: [],
  }
}

function startProxy(dataDir: string): ServerProcess {
  const options = ['--rate-limit', 'off', '--seed', 'none', '--data-dir', dataDir]
  return startServer(process.execPath, [commandPath(), 'proxy', ...options])
}

/** Its first line is `export HTTPS_PROXY='http://…'`. */
async function urlOf(proxy: ServerProcess): Promise<string> {
  const url = /'(.*)'/.exec(await firstLine(proxy))?.[1]
  if (url === undefined) throw new Error('The proxy does not say where it is')
  return url
}

function announcementOf(dataDir: string): Announcement {
  return JSON.parse(readFileSync(join(dataDir, 'credentials.json'), 'utf8')) as Announcement
}

function loadThrough(proxyUrl: string, dataDir: string, service: Announcement, path: string): Load {
  return {
    url: `${APPLE}${path}`,
    headers: clientHeaders(service),
    isBare: true,
    through: { proxyUrl, certificatePath: join(dataDir, 'proxy/ca.pem') },
  }
}
