import { join } from 'node:path'
import type { ClientGround } from './client-ground.ts'
import type { Group } from './findings.ts'
import { measureHelp } from './measure-help.ts'
import { measurePlan } from './measure-plan.ts'
import type { Plan } from './options.ts'
import type { Program } from './whole-processes.ts'

/** The installed command: how soon it helps, and how it plans. */
export async function measureCommand(
  directory: string,
  plan: Plan,
  ground: ClientGround,
  main: string,
): Promise<Group> {
  // Profiles, keys and compiled code of this run only.
  const settings = { HOME: join(directory, 'home'), TMPDIR: directory }
  const command: Program = { name: 'clipflight', args: [main], environment: settings }
  return {
    parts: [await measureHelp(plan, command), await measurePlan(plan, ground, command)],
    howMeasured: [
      `The command is run as installed, \`node …/dist/main.js\`: medians of ${plan.processes} whole processes, taking turns, each run once before. It keeps what Node has compiled of it between runs, as it always does; scripts do not.`,
      'A plan compares a file with the service and changes nothing; each must find the one change there is. Requests are counted by a gateway before the service, times are taken without it.',
    ],
    caveats: [
      'The scripts of the plan do less than the command: they read JSON instead of YAML, compare by URL alone, and print a number. They look up app, build and invocations, one request each; the requests that the command saves, a script could save too.',
    ],
  }
}
