import { countChanges } from '../plan/change.ts'
import type { PlannedApp } from './planned-app.ts'

/** For programs. Every change, unlisted invocation and problem says which app it is of. */
export function writePlanJson(apps: readonly PlannedApp[]): string {
  const document = {
    summary: countChanges(apps.flatMap(({ plan }) => plan.changes)),
    changes: apps.flatMap(({ app, build, plan }) => plan.changes.map((change) => ({ app, build, ...change }))),
    unlisted: apps.flatMap(({ app, build, plan }) =>
      plan.unlisted.map((invocation) => ({ app, build, ...invocation })),
    ),
    problems: apps.flatMap(({ app, build, plan }) => plan.problems.map((reason) => ({ app, build, reason }))),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}
