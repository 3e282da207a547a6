import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { invocationPath, readOf, readOfAny, serve, type Clipflight } from './clipflight.ts'
import type { Creations } from './create-load.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, megabytes, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { startPeer, type Peers } from './peers.ts'
import { firstLine, startServer, type ServerProcess } from './processes.ts'
import { runOnce, say, type Contestant } from './rounds.ts'

const MEMORY_TARGET = 100
const SECONDS = 2
const BARE_SERVER = join(import.meta.dirname, 'bare-server.mjs')
const BARE_BODY_BYTES = 1400

interface Case {
  readonly name: string
  readonly data: Data
  readonly loadOf: (server: Clipflight) => Omit<Contestant, 'name'>
}

interface Grounds {
  readonly small: Data
  readonly large: Data
  readonly writable: Data
  readonly creations: Creations
  readonly peers: Peers
}

/** Resident memory of a new process after that many requests, by what they were. */
export async function measureMemory(plan: Plan, { small, large, writable, creations, peers }: Grounds): Promise<Part> {
  say('Memory:')
  const cases: Case[] = [
    {
      name: 'GET of one invocation',
      data: small,
      loadOf: (server) => ({ load: () => readOf(server, firstId(small.invocations)) }),
    },
    {
      name: `GET of random ids among ${count(large.invocations.count)} invocations`,
      data: large,
      loadOf: (server) => ({ load: () => readOfAny(server, large.invocations) }),
    },
    {
      name: 'POST create',
      data: writable,
      loadOf: (server) => ({ load: () => creations.on(server), ended: (outcome) => creations.ended(outcome) }),
    },
  ]
  const findings = []
  const rows: string[][] = []
  for (const { name, data, loadOf } of cases) {
    await using server = await serve(data.dataDir)
    const before = megabytes(server.memoryBytes())
    const requests = await loadUntil(loadOf(server), plan.requestsBeforeMemory)
    const after = megabytes(server.memoryBytes())
    say(`  ${name}: ${after.toFixed(0)} MB after ${count(requests)}`)
    findings.push(
      atMost(`Resident memory after ${count(plan.requestsBeforeMemory)} requests: ${name}`, after, MEMORY_TARGET, 'MB'),
    )
    rows.push([`Clipflight, ${name}`, ...columnsOf(server, before, after, requests)])
  }
  {
    // What Node and Fastify take by themselves.
    const bodyFile = join(dirname(small.dataDir), 'body.json')
    writeFileSync(bodyFile, '{}'.padEnd(BARE_BODY_BYTES))
    await using bare = startServer(process.execPath, [BARE_SERVER, bodyFile])
    const url = `${await firstLine(bare)}${invocationPath(firstId(small.invocations))}`
    const before = megabytes(bare.memoryBytes())
    const requests = await loadUntil({ load: () => ({ url, headers: {} }) }, plan.requestsBeforeMemory)
    rows.push(['bare Fastify route', ...columnsOf(bare, before, megabytes(bare.memoryBytes()), requests)])
  }
  for (const peer of peers.present) {
    const { server, load } = await startPeer(peer)
    await using running = server
    const before = megabytes(running.memoryBytes())
    const requests = await loadUntil({ load: () => load }, plan.requestsBeforeMemory)
    rows.push([peer.name, ...columnsOf(running, before, megabytes(running.memoryBytes()), requests)])
  }
  const head = [
    '',
    'MB before',
    'MB after',
    'of them in no file',
    'the database, mapped',
    'other files: Node itself',
    'requests',
  ]
  return { findings, tables: [{ title: 'Resident memory (MB of a million bytes)', head, rows }] }
}

/** The system takes pages of files back when it needs them, and processes share them. */
function columnsOf(server: ServerProcess, before: number, after: number, requests: number): readonly string[] {
  const [own, mapped] = [server.ownBytes(), server.mappedBytes('clipflight.sqlite')]
  const parts =
    own === undefined || mapped === undefined
      ? ['?', '?', '?']
      : [megabytes(own), megabytes(mapped), after - megabytes(own + mapped)].map((part) => part.toFixed(0))
  return [before.toFixed(0), after.toFixed(0), ...parts, count(requests)]
}

async function loadUntil(contestant: Omit<Contestant, 'name'>, requests: number): Promise<number> {
  let made = 0
  while (made < requests) made += (await runOnce(contestant, SECONDS)).requests
  return made
}
