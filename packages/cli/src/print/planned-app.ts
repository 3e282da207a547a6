import type { Plan } from '../plan/plan-changes.ts'

/** A plan, and whose it is. */
export interface PlannedApp {
  /** The app's bundle id. */
  readonly app: string
  readonly build: PlannedBuild
  readonly plan: Plan
}

export interface PlannedBuild {
  readonly id: string
  readonly number: string
  /** Of the app, such as 1.4, where it is known. */
  readonly version?: string
}

/** As Xcode and TestFlight write it: `1.4 (42)`. */
export function nameBuild({ number, version }: PlannedBuild): string {
  return version === undefined ? number : `${version} (${number})`
}
