import { cp } from 'node:fs/promises'
import { readOf, serve, type Clipflight } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { median, runOnce, say } from './rounds.ts'

const WATCHED = 'as it comes: recorded, no faults'
const UNWATCHED = '--control off'

const TARGET = 5

/** Short: rates and caches drift with whatever else the machine does. */
const SECONDS = 1

/** Many: what the engine makes of the same code differs from process to process by more than the log costs. */
const PAIRS = 12

interface Watched {
  readonly server: Clipflight
  /** Microseconds of processor time a request, of every round. */
  readonly costs: number[]
}

/**
 * What it costs that requests are recorded and could be struck by faults, when nobody looks and none is set up: in
 * processor time of the server, which says the same as its rate and less of the machine's other work.
 */
export async function measureWatching(plan: Plan, data: Data): Promise<Part> {
  say('Watched and unwatched:')
  // One directory is for one process. Copied while nobody has it open.
  const copy = `${data.dataDir}-unwatched`
  await cp(data.dataDir, copy, { recursive: true })
  const without: number[] = []
  const withAll: number[] = []
  const id = firstId(data.invocations)
  for (let pair = 0; pair < PAIRS; pair += 1) {
    await using servers = new AsyncDisposableStack()
    const unwatched: Watched = { server: servers.use(await serve(copy, ['--control', 'off'])), costs: without }
    const watched: Watched = { server: servers.use(await serve(data.dataDir)), costs: withAll }
    const both: readonly Watched[] = [unwatched, watched]
    for (const { server } of both) await runOnce({ load: () => readOf(server, id) }, plan.secondsOfWarmUp)
    for (let round = 0; round < plan.rounds; round += 1) {
      for (const each of round % 2 === 0 ? both : both.toReversed()) each.costs.push(await costOf(each, id))
    }
  }
  return {
    findings: [
      atMost(
        'Request log and faults when unused: processor time a request, more',
        more(median(withAll), median(without)),
        TARGET,
        '%',
        1,
      ),
    ],
    tables: [
      {
        title: 'With and without the control API',
        head: ['Server', 'Processor time a request, µs', 'Processes', 'Rounds'],
        rows: [
          [UNWATCHED, median(without).toFixed(1), count(PAIRS), count(without.length)],
          [WATCHED, median(withAll).toFixed(1), count(PAIRS), count(withAll.length)],
        ],
      },
    ],
  }
}

async function costOf({ server }: Watched, id: string): Promise<number> {
  const before = server.processorMicroseconds()
  const { requests, failures } = await runOnce({ load: () => readOf(server, id) }, SECONDS)
  if (failures > 0) throw new Error(`${failures} reads have failed`)
  return (server.processorMicroseconds() - before) / requests
}

function more(value: number, base: number): number {
  return (value / base - 1) * 100
}
