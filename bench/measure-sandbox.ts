import { join } from 'node:path'
import { makeData } from './data.ts'
import type { Group } from './findings.ts'
import { measureSnapshots } from './measure-snapshots.ts'
import { measureTeams } from './measure-teams.ts'
import { measureWatching } from './measure-watching.ts'
import type { Plan } from './options.ts'
import { say } from './rounds.ts'

/** What the sandbox costs who uses it, and who does not. */
export async function measureSandbox(directory: string, plan: Plan): Promise<Group> {
  say('Filling a database')
  const data = await makeData(join(directory, 'watched'), { invocations: plan.smallInvocations, emptyBundles: 0 })
  const parts = [
    await measureWatching(plan, data),
    await measureSnapshots(join(directory, 'snapshots'), plan),
    await measureTeams(plan),
  ]
  return {
    parts,
    howMeasured: [
      'The cost of a sandbox that nobody uses is that of a service as it comes, which records every request, beside one with `--control off`: the same reads in short turns, and the processor time of each server by its requests, of the rounds that other work on the machine disturbed least (the lower quartile); twelve processes of each, as the engine does not make the same of the same code every time.',
      'Snapshots and resets are asked for over HTTP, and counted from the request to the answer: on disk of the installed command, in memory of `startSandbox` in this process.',
    ],
    caveats: [],
  }
}
