import { countChanges, countDone, type ChangeOutcome } from '@clipflight/plan'
import type { PlannedApp } from './planned-app.ts'

/** For programs. Every change, unlisted invocation and problem says which app it is of. */
export function toPlanDocument(apps: readonly PlannedApp[]): object {
  return toDocument(apps, {
    changes: apps.flatMap(({ app, plan }) => plan.changes.map((change) => ({ app, ...change }))),
  })
}

/** The same once it was applied: `done` counts what was done, and each change says what became of it. */
export function toAppliedDocument(apps: readonly PlannedApp[], outcomes: readonly ChangeOutcome[]): object {
  return toDocument(apps, {
    done: countDone(outcomes),
    changes: outcomes.map(({ app, change, outcome }) => ({ app, outcome, ...change })),
  })
}

function toDocument(apps: readonly PlannedApp[], { changes, ...more }: Readonly<Record<string, unknown>>): object {
  return {
    summary: countChanges(apps.flatMap(({ plan }) => plan.changes)),
    ...more,
    builds: apps.map(({ app, build, buildBundle }) => ({ app, buildBundle, ...build })),
    changes,
    unlisted: apps.flatMap(({ app, plan }) => plan.unlisted.map(({ id, url }) => ({ app, id, url }))),
    problems: apps.flatMap(({ app, plan }) => plan.problems.map((reason) => ({ app, reason }))),
  }
}
