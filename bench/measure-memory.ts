import { readOf, readOfAny, serve } from './clipflight.ts'
import { createOn } from './create-load.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, megabytes, type Part } from './findings.ts'
import { loadUntil } from './measure-rates.ts'
import type { Load } from './load.ts'
import type { Plan } from './options.ts'
import { startPeer, type Peers } from './peers.ts'
import { say } from './rounds.ts'

const MEMORY_TARGET = 100
const SECONDS = 2

interface Case {
  readonly name: string
  readonly data: Data
  readonly loadOf: (server: Awaited<ReturnType<typeof serve>>) => Load
}

/** Resident memory of a new process after that many requests, by what they were. */
export async function measureMemory(plan: Plan, small: Data, large: Data, writable: Data, peers: Peers): Promise<Part> {
  say('Memory:')
  const cases: Case[] = [
    { name: 'GET of one invocation', data: small, loadOf: (server) => readOf(server, firstId(small.invocations)) },
    {
      name: `GET of random ids among ${count(large.invocations.count)} invocations`,
      data: large,
      loadOf: (server) => readOfAny(server, large.invocations),
    },
    { name: 'POST create', data: writable, loadOf: creations(writable) },
  ]
  const findings = []
  const rows: string[][] = []
  for (const { name, data, loadOf } of cases) {
    await using server = await serve(data.dataDir)
    const before = megabytes(server.memoryBytes())
    const requests = await loadUntil(() => loadOf(server), plan.requestsBeforeMemory, SECONDS)
    const after = megabytes(server.memoryBytes())
    say(`  ${name}: ${after.toFixed(0)} MB after ${count(requests)}`)
    findings.push(atMost(`Resident memory after ${count(plan.requestsBeforeMemory)} requests: ${name}`, after, MEMORY_TARGET, 'MB'))
    rows.push([`Clipflight, ${name}`, before.toFixed(0), after.toFixed(0), count(requests)])
  }
  for (const peer of peers.present) {
    const { server, load } = await startPeer(peer)
    await using running = server
    const before = megabytes(running.memoryBytes())
    const requests = await loadUntil(() => load, plan.requestsBeforeMemory, SECONDS)
    rows.push([peer.name, before.toFixed(0), megabytes(running.memoryBytes()).toFixed(0), count(requests)])
  }
  const head = ['', 'MB before', 'MB after', 'requests']
  return { findings, tables: [{ title: 'Resident memory (MB of a million bytes)', head, rows }] }
}

function creations(data: Data): Case['loadOf'] {
  // From the far end of what the rates have used.
  let from = data.emptyBundles.count * 2
  return (server) => {
    const load = createOn(server, { ...data.emptyBundles, inTurnFrom: from })
    from += 20_000 * SECONDS
    return load
  }
}
