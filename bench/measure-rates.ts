import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clientHeaders, invocationPath, readOf, serve, type Clipflight } from './clipflight.ts'
import type { Creations } from './create-load.ts'
import { firstId, type Data } from './data.ts'
import { atLeast, atMost, count, type Part, type Table } from './findings.ts'
import type { Outcome } from './load.ts'
import type { Plan } from './options.ts'
import { startPeer, type Peer, type Peers } from './peers.ts'
import { firstLine, startServer } from './processes.ts'
import { alternate, outcomeOf, say, type Contestant, type Outcomes } from './rounds.ts'

const BARE = 'bare Fastify route, the same bytes'
const READ = 'GET one invocation with its titles'
const CREATE = 'POST create, two titles, durable'

const READ_TARGET = 0.45
const P99_TARGET = 5
const CREATE_TARGET = 0.12

const BARE_SERVER = join(import.meta.dirname, 'bare-server.mjs')

/** What the rates are measured on. */
export interface Grounds {
  readonly readable: Data
  /** Has bundles without invocations. */
  readonly writable: Data
  readonly creations: Creations
  readonly peers: Peers
}

/** All servers run at once and only one is asked at a time. */
export async function measureRates(
  directory: string,
  plan: Plan,
  { readable, writable, creations, peers }: Grounds,
): Promise<Part> {
  await using servers = new AsyncDisposableStack()
  const reading = servers.use(await serve(readable.dataDir))
  const writing = servers.use(await serve(writable.dataDir))
  const id = firstId(readable.invocations)
  const bytes = await bytesOf(reading, id)
  const bodyFile = join(directory, 'body.json')
  writeFileSync(bodyFile, bytes)
  const bare = servers.use(startServer(process.execPath, [BARE_SERVER, bodyFile]))
  const bareUrl = `${await firstLine(bare)}${invocationPath(id)}`

  const contestants: Contestant[] = [
    { name: BARE, load: () => ({ url: bareUrl, headers: clientHeaders(reading) }) },
    { name: READ, load: () => readOf(reading, id) },
    { name: CREATE, load: () => creations.on(writing), ended: (outcome) => creations.ended(outcome) },
  ]
  for (const peer of peers.present) {
    const { server, load } = await startPeer(peer)
    servers.use(server)
    contestants.push({ name: nameOf(peer), load: () => load })
  }
  say(`Rates, ${bytes.length} bytes:`)
  const outcomes = await alternate(contestants, plan)
  const [bareOutcome, read, create] = [BARE, READ, CREATE].map((name) => outcomeOf(outcomes, name)) as [
    Outcome,
    Outcome,
    Outcome,
  ]
  return {
    findings: [
      atLeast(`${READ}: rate, of the bare route's`, read.perSecond / bareOutcome.perSecond, READ_TARGET),
      atMost(
        `${READ}: p99 at 32 connections, of the bare route's`,
        read.p99Milliseconds / bareOutcome.p99Milliseconds,
        P99_TARGET,
        'times',
        1,
      ),
      atLeast(`${CREATE}: rate, of the bare route's GET`, create.perSecond / bareOutcome.perSecond, CREATE_TARGET),
      ...failuresOf(outcomes),
    ],
    tables: [ratesTable('Rates, side by side', outcomes, BARE, peers.missing)],
  }
}

async function bytesOf(server: Clipflight, id: string): Promise<string> {
  const response = await fetch(`${server.url}${invocationPath(id)}`, { headers: clientHeaders(server) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${invocationPath(id)} answers ${response.status}: ${text}`)
  return text
}

function nameOf({ name, what }: Peer): string {
  return `${name}, ${what}`
}

export function failuresOf(outcomes: Outcomes) {
  const failures = [...outcomes].filter(([, outcome]) => outcome.failures > 0)
  return failures.map(([name, outcome]) => ({
    what: `${name}: failed requests`,
    measured: `${count(outcome.failures)} of ${count(outcome.requests)}`,
    target: { text: 'none', isMet: false },
  }))
}

export function ratesTable(
  title: string,
  outcomes: Outcomes,
  baseline: string,
  missing: readonly string[] = [],
): Table {
  const base = outcomeOf(outcomes, baseline)
  return {
    title,
    head: ['', 'requests/s', 'ratio', 'p50 ms', 'p99 ms'],
    rows: [...outcomes].map(([name, { perSecond, p50Milliseconds, p99Milliseconds }]) => [
      name,
      count(perSecond),
      (perSecond / base.perSecond).toFixed(2),
      p50Milliseconds.toFixed(2),
      p99Milliseconds.toFixed(2),
    ]),
    ...(missing.length === 0 ? {} : { note: `Could not be measured: ${missing.join('; ')}` }),
  }
}
