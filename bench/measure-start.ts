import { clientHeaders, invocationPath, serve, startOn, type Announcement } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atMost, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import type { Peers } from './peers.ts'
import { freePort, waitForAnswer, type ServerProcess } from './processes.ts'
import { median, say } from './rounds.ts'

const START_TARGET = 250
const MILLISECONDS = 'ms'

interface Start {
  readonly url: string
  readonly headers: () => Readonly<Record<string, string>>
  readonly begin: () => ServerProcess
}

/** From the start of a process until it has answered: of ours, a request that needs a token and rows. */
export async function measureStart(
  plan: Plan,
  databases: readonly (readonly [string, Data])[],
  peers: Peers,
): Promise<Part> {
  say('Starts:')
  const findings = []
  const rows: string[][] = []
  for (const [name, data] of databases) {
    const { millis, spread } = await timeStarts(plan.starts, await startOfOurs(data))
    findings.push(
      atMost(`Start to first answer, ${name}: median of ${plan.starts}`, millis, START_TARGET, MILLISECONDS),
    )
    rows.push([`Clipflight, ${name}`, millis.toFixed(0), spread])
  }
  for (const peer of peers.present) {
    const { millis, spread } = await timeStarts(plan.starts, await startOfPeer(peer))
    rows.push([peer.name, millis.toFixed(0), spread])
  }
  return { findings, tables: [{ title: 'Process start to first answer', head: ['', 'median ms', 'from – to'], rows }] }
}

async function startOfOurs(data: Data): Promise<Start> {
  const announcement = await announcementOf(data)
  const port = await freePort()
  return {
    url: `http://127.0.0.1:${port}${invocationPath(firstId(data.invocations))}`,
    headers: () => clientHeaders(announcement),
    begin: () => startOn(data.dataDir, port),
  }
}

async function announcementOf({ dataDir }: Data): Promise<Announcement> {
  await using server = await serve(dataDir)
  return server
}

async function startOfPeer(peer: Peers['present'][number]): Promise<Start> {
  const port = await freePort()
  return {
    url: `http://127.0.0.1:${port}${peer.firstPath}`,
    headers: () => peer.headers,
    begin: () => peer.start(port),
  }
}

async function timeStarts(times: number, start: Start): Promise<{ readonly millis: number; readonly spread: string }> {
  const taken: number[] = []
  // One more, whose files are not yet in memory.
  for (let time = 0; time <= times; time += 1) {
    const began = performance.now()
    await using server = start.begin()
    await waitForAnswer(start.url, start.headers())
    const millis = performance.now() - began
    if (server.process.exitCode !== null) throw new Error(`${start.url} was answered by somebody else`)
    if (time > 0) taken.push(millis)
  }
  const millis = median(taken)
  say(`  ${start.url}: ${millis.toFixed(0)} ms`)
  return { millis, spread: `${Math.min(...taken).toFixed(0)} – ${Math.max(...taken).toFixed(0)}` }
}
