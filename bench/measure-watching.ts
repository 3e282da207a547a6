import { cp } from 'node:fs/promises'
import { readOf, serve, type Clipflight } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { lowerQuartile, median, runOnce, say } from './rounds.ts'

const WATCHED = 'as it comes: recorded, no faults'
const UNWATCHED = '--control off'

const TARGET = 5

/** Short: rates and caches drift with whatever else the machine does. */
const SECONDS = 1

/**
 * Of warm-up. As many connections come and go as in the measured ones: with the first few the engine throws compiled
 * code away and makes it anew, 75 and 39 ms of it in the first and third second, less than 7 from the sixth on (by
 * `--trace-opt`).
 */
const ROUNDS_OF_WARM_UP = 6

/** Many: what the engine makes of the same code differs from process to process by more than the log costs. */
const PAIRS = 12

interface Watched {
  readonly server: Clipflight
  /** Microseconds of processor time a request, of every round. */
  readonly costs: number[]
}

/**
 * What it costs that requests are recorded and could be struck by faults, when nobody looks and none is set up: in
 * processor time of the server, which says the same as its rate and less of the machine's other work. That makes the
 * very same reads up to a half dearer from one second to the next, by the caches it takes, and so decides by the lower
 * quartile.
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
    for (let round = -ROUNDS_OF_WARM_UP; round < plan.rounds; round += 1) {
      for (const each of round % 2 === 0 ? both : both.toReversed()) {
        const cost = await costOf(each, id)
        if (round >= 0) each.costs.push(cost)
      }
    }
  }
  return {
    findings: [
      atMost(
        'Request log and faults when unused: processor time a request, more',
        more(lowerQuartile(withAll), lowerQuartile(without)),
        TARGET,
        '%',
        1,
      ),
    ],
    tables: [
      {
        title: 'With and without the control API',
        head: ['Processor time a request', 'lower quartile, µs', 'median, µs', 'Processes', 'Rounds'],
        rows: [rowOf(UNWATCHED, without), rowOf(WATCHED, withAll)],
      },
    ],
  }
}

function rowOf(name: string, costs: readonly number[]): readonly string[] {
  return [name, lowerQuartile(costs).toFixed(1), median(costs).toFixed(1), count(PAIRS), count(costs.length)]
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
