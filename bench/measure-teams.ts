import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { startSandbox } from '@clipflight/server/sandbox'
import { atMost, megabytes, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { median, say } from './rounds.ts'
import { timed } from './sandbox-client.ts'

const TEAMS = 200
const START_TARGET = 30

const FIRST_START = `
const begun = performance.now()
const { startSandbox } = await import(process.argv[1])
const started = performance.now()
const sandbox = await startSandbox()
process.stdout.write(JSON.stringify({ load: started - begun, start: performance.now() - started }))
await sandbox.close()
`

/** How soon a sandbox is ready, and what 200 teams in one take. */
export async function measureTeams(plan: Plan): Promise<Part> {
  say('Sandboxes and teams:')
  const firsts = timeFirstStarts(plan)
  const first = firsts.map(({ start }) => start)
  const loads = firsts.map(({ load }) => load)
  const later: number[] = []
  for (let time = 0; time < plan.starts; time += 1) {
    later.push(
      await timed(async () => {
        const sandbox = await startSandbox()
        await sandbox.close()
      }),
    )
  }
  await using sandbox = await startSandbox()
  const before = process.memoryUsage().rss
  const made = await timed(async () => {
    for (let count = 1; count < TEAMS; count += 1) await sandbox.newTeam()
  })
  const grown = megabytes(process.memoryUsage().rss - before)
  say(`  first ${median(first).toFixed(0)} ms, later ${median(later).toFixed(0)} ms, 200 teams ${made.toFixed(0)} ms`)
  return {
    findings: [
      atMost('startSandbox with the demo seed, first in a process', median(first), START_TARGET, 'ms'),
      atMost('startSandbox with the demo seed and close, later ones', median(later), START_TARGET, 'ms'),
    ],
    tables: [
      {
        title: 'The module of the sandbox, and 200 teams with the demo seed in one',
        head: ['', ''],
        rows: [
          ['ms to load the module, before the first start', median(loads).toFixed(0)],
          ['ms a team, its key included', (made / (TEAMS - 1)).toFixed(1)],
          ['MB of memory for all', grown.toFixed(0)],
        ],
      },
    ],
  }
}

/** Milliseconds. */
interface FirstStart {
  readonly load: number
  readonly start: number
}

/** Each in a process of its own; its start is counted once the module is loaded. */
function timeFirstStarts(plan: Plan): readonly FirstStart[] {
  const module = join(import.meta.dirname, '../packages/server/dist/sandbox.js')
  return Array.from({ length: plan.starts }, () => {
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', FIRST_START, module], {
      encoding: 'utf8',
    })
    return JSON.parse(said) as FirstStart
  })
}
