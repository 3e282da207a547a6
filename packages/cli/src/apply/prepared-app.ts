import { planChanges, type ActualInvocation, type WantedInvocation } from '@clipflight/plan'
import { fingerprintOf } from '../plan/fingerprint-of.ts'
import type { BundlePlan } from '../plan/saved-plan.ts'
import type { PlannedApp } from '../print/planned-app.ts'

/** A plan that can be applied: it knows the state that it was made for. */
export interface PreparedApp extends PlannedApp {
  readonly fingerprint: string
}

/** Plans for an App Clip whose invocations were just read. */
export function prepare(
  target: Omit<PlannedApp, 'plan'>,
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
  { prune = false }: { readonly prune?: boolean | undefined },
): PreparedApp {
  return { ...target, plan: planChanges(wanted, actual, { prune }), fingerprint: fingerprintOf(actual) }
}

/** As `plan --out` saves it. */
export function toBundlePlan({ app, build, buildBundle, fingerprint, plan }: PreparedApp): BundlePlan {
  const { changes } = plan
  return { app, ...(build === undefined ? {} : { build }), buildBundle, fingerprint, changes }
}

/** As it was saved. What was unchanged or not listed then is not known any more. */
export function fromBundlePlan({ changes, ...target }: BundlePlan): PreparedApp {
  return { ...target, plan: { changes, unchanged: [], unlisted: [], problems: [] } }
}
