import type { Command } from 'commander'
import { addBuilds } from './sandbox/builds.ts'
import { addClock } from './sandbox/clock.ts'
import { addFaults } from './sandbox/faults.ts'
import { addKeys } from './sandbox/keys.ts'
import { addLog } from './sandbox/log.ts'
import { addSnapshot } from './sandbox/snapshot.ts'
import { addExport, addReset, addSeed } from './sandbox/state.ts'
import { addTeams } from './sandbox/teams.ts'

/** The noun `sandbox`, with nouns of its own below it: the control API of a service that runs. */
export function addSandbox(program: Command): void {
  const sandbox = program
    .command('sandbox')
    .description(
      'Control a service that runs: what `clipflight serve` or `clipflight proxy` started in this folder, unless another is named. Manual: docs/sandbox.md.',
    )
  addTeams(sandbox)
  addKeys(sandbox)
  addBuilds(sandbox)
  addSeed(sandbox)
  addReset(sandbox)
  addSnapshot(sandbox)
  addExport(sandbox)
  addFaults(sandbox)
  addClock(sandbox)
  addLog(sandbox)
  for (const noun of sandbox.commands) noun.helpCommand(false)
}
