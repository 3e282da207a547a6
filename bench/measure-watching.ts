import { cp } from 'node:fs/promises'
import { readOf, serve, type Clipflight } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atMost, count, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { median, runOnce, say } from './rounds.ts'

const WATCHED = 'as it comes: recorded, no faults'
const UNWATCHED = '--control off'

const TARGET = 5

/** Many and short: rates and caches drift with whatever else the machine does. */
const ROUNDS_PER_ROUND = 8
const SECONDS = 1

interface Watched {
  readonly name: string
  readonly server: Clipflight
  /** Microseconds of processor time a request, round by round. */
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
  await using servers = new AsyncDisposableStack()
  const unwatched: Watched = {
    name: UNWATCHED,
    server: servers.use(await serve(copy, ['--control', 'off'])),
    costs: [],
  }
  const watched: Watched = { name: WATCHED, server: servers.use(await serve(data.dataDir)), costs: [] }
  const both: readonly Watched[] = [unwatched, watched]
  const id = firstId(data.invocations)
  for (const { server } of both) await runOnce({ load: () => readOf(server, id) }, plan.secondsOfWarmUp)
  for (let round = 0; round < plan.rounds * ROUNDS_PER_ROUND; round += 1) {
    for (const each of round % 2 === 0 ? both : both.toReversed()) each.costs.push(await costOf(each, id))
  }
  const [without, withAll] = [median(unwatched.costs), median(watched.costs)]
  return {
    findings: [
      atMost(
        'Request log and faults when unused: processor time a request, more',
        more(withAll, without),
        TARGET,
        '%',
        1,
      ),
    ],
    tables: [
      {
        title: 'With and without the control API',
        head: ['Server', 'Processor time a request, µs', 'Rounds'],
        rows: both.map(({ name, costs }) => [name, median(costs).toFixed(1), count(costs.length)]),
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
