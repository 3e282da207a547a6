import { readOf, readOfAny, serve, type Clipflight } from './clipflight.ts'
import type { Creations } from './create-load.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, megabytes, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { startPeer, type Peers } from './peers.ts'
import { runOnce, say, type Contestant } from './rounds.ts'

const MEMORY_TARGET = 100
const SECONDS = 2

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
    const mapped = server.mappedBytes('clipflight.sqlite')
    const shown = mapped === undefined ? '?' : megabytes(mapped).toFixed(0)
    rows.push([`Clipflight, ${name}`, before.toFixed(0), after.toFixed(0), shown, count(requests)])
  }
  for (const peer of peers.present) {
    const { server, load } = await startPeer(peer)
    await using running = server
    const before = megabytes(running.memoryBytes())
    const requests = await loadUntil({ load: () => load }, plan.requestsBeforeMemory)
    rows.push([peer.name, before.toFixed(0), megabytes(running.memoryBytes()).toFixed(0), '0', count(requests)])
  }
  const head = ['', 'MB before', 'MB after', 'of them the database, mapped', 'requests']
  return { findings, tables: [{ title: 'Resident memory (MB of a million bytes)', head, rows }] }
}

async function loadUntil(contestant: Omit<Contestant, 'name'>, requests: number): Promise<number> {
  let made = 0
  while (made < requests) made += (await runOnce(contestant, SECONDS)).requests
  return made
}
