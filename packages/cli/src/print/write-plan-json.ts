import { countChanges } from '../plan/change.ts'
import type { PlannedApp } from './planned-app.ts'

/** For programs. Every change, unlisted invocation and problem says which app it is of. */
export function writePlanJson(apps: readonly PlannedApp[]): string {
  const document = {
    summary: countChanges(apps.flatMap(({ plan }) => plan.changes)),
    builds: apps.map(({ app, build }) => ({ app, ...build })),
    changes: apps.flatMap(({ app, plan }) => plan.changes.map((change) => ({ app, ...change }))),
    unlisted: apps.flatMap(({ app, plan }) => plan.unlisted.map(({ id, url }) => ({ app, id, url }))),
    problems: apps.flatMap(({ app, plan }) => plan.problems.map((reason) => ({ app, reason }))),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}
