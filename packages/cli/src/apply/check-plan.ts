import { CommandError } from '../command-error.ts'
import { EXIT_CONFLICT } from '../exit-codes.ts'
import { fingerprintOf } from '../plan/fingerprint-of.ts'
import { canReplay } from '../plan/replay-changes.ts'
import { nameTarget } from '../print/planned-app.ts'
import type { Look } from './find-target.ts'
import type { PreparedApp } from './prepared-app.ts'
import { readTarget } from './read-bundle.ts'

/** Throws when what is wanted and what is there do not fit together. The plan, as it was shown, says why. */
export function refuseProblems(apps: readonly PreparedApp[]): void {
  const refused = apps.filter(({ plan }) => plan.problems.length > 0)
  if (refused.length === 0) return
  const names = refused.map((each) => `${nameTarget(each)} of ${each.app}`)
  throw new CommandError(`What is wanted does not fit on ${names.join(', nor on ')}. Nothing was changed`, {
    exitCode: EXIT_CONFLICT,
    facts: { problems: refused.flatMap(({ app, plan }) => plan.problems.map((reason) => ({ app, reason }))) },
  })
}

/** Throws unless every App Clip that would be changed still is as it was when the plan was made. A request for each. */
export async function refuseStalePlans(
  { client, warn }: Look,
  apps: readonly PreparedApp[],
  advice: string,
): Promise<void> {
  for (const { fingerprint, plan, ...target } of apps.filter((each) => each.plan.changes.length > 0)) {
    const actual = await readTarget(client, target, warn)
    const name = `${nameTarget(target)} of ${target.app}`
    if (fingerprintOf(actual) !== fingerprint)
      throw conflict(`The invocations of ${name} changed since the plan was made. Nothing was changed`, advice)
    if (!canReplay(actual, plan.changes))
      throw conflict(`The plan changes what is not in ${name}, or what it cannot hold. Nothing was changed`, advice)
  }
}

function conflict(message: string, ...advice: readonly string[]): CommandError {
  return new CommandError(message, { exitCode: EXIT_CONFLICT, advice })
}
