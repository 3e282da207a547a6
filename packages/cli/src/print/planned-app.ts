import type { Plan } from '../plan/plan-changes.ts'

/** A plan, and whose it is. */
export interface PlannedApp {
  /** The app's bundle id. */
  readonly app: string
  /** As people say it: `1.4 (42)`, or the number alone. */
  readonly build: string
  readonly plan: Plan
}
