import { cp } from 'node:fs/promises'
import { readOf, serve } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atLeast, type Part } from './findings.ts'
import { failuresOf, ratesTable } from './measure-rates.ts'
import type { Plan } from './options.ts'
import { alternate, outcomeOf, say } from './rounds.ts'

const WATCHED = 'as it comes: recorded, no faults'
const UNWATCHED = '--control off'

const TARGET = 0.95

/** What it costs that requests are recorded and could be struck by faults, when nobody looks and none is set up. */
export async function measureWatching(plan: Plan, data: Data): Promise<Part> {
  say('Watched and unwatched:')
  // One directory is for one process. Copied while nobody has it open.
  const copy = `${data.dataDir}-unwatched`
  await cp(data.dataDir, copy, { recursive: true })
  await using servers = new AsyncDisposableStack()
  const watched = servers.use(await serve(data.dataDir))
  const unwatched = servers.use(await serve(copy, ['--control', 'off']))
  const id = firstId(data.invocations)
  const outcomes = await alternate(
    [
      { name: UNWATCHED, load: () => readOf(unwatched, id) },
      { name: WATCHED, load: () => readOf(watched, id) },
    ],
    plan,
  )
  const ratio = outcomeOf(outcomes, WATCHED).perSecond / outcomeOf(outcomes, UNWATCHED).perSecond
  return {
    findings: [
      atLeast('Request log and faults when unused: rate, of that without', ratio, TARGET),
      ...failuresOf(outcomes),
    ],
    tables: [ratesTable('With and without the control API', outcomes, UNWATCHED)],
  }
}
