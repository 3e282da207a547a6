import { atMost, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { say } from './rounds.ts'
import { medianMilliseconds, NODE_ALONE, runInTurns, type Program } from './whole-processes.ts'

const HELP_TARGET = 1.5

const HELP = '`clipflight --help`'

/** How soon the command helps, beside a Node that does nothing. */
export async function measureHelp(plan: Plan, command: Program): Promise<Part> {
  say('Help:')
  const help = { ...command, name: HELP, args: [...command.args, '--help'] }
  const runs = await runInTurns([NODE_ALONE, help], plan.processes)
  const ratio = medianMilliseconds(runs, HELP) / medianMilliseconds(runs, NODE_ALONE.name)
  return {
    findings: [atMost(`${HELP}: whole process, of \`node -e 0\``, ratio, HELP_TARGET, 'times', 2)],
    tables: [
      {
        title: 'Help of the command',
        head: ['', 'whole process ms'],
        rows: [...runs.keys()].map((name) => [name, medianMilliseconds(runs, name).toFixed(1)]),
      },
    ],
  }
}
