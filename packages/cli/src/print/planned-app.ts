import type { Plan } from '@clipflight/plan'
import type { PlannedBuild } from '../plan/saved-plan.ts'

/** A plan, and whose it is. */
export interface PlannedApp {
  /** The app's bundle id. */
  readonly app: string
  /** Missing when only the App Clip was named, by its id: nothing leads from there to the build. */
  readonly build?: PlannedBuild
  /** Id of the App Clip in the build, to which the invocations belong. */
  readonly buildBundle: string
  readonly plan: Plan
}

/** Such as `build 1.4 (42)`, as Xcode and TestFlight write it. */
export function nameTarget({ build, buildBundle }: Pick<PlannedApp, 'build' | 'buildBundle'>): string {
  if (build === undefined) return `App Clip ${buildBundle}`
  const { number, version } = build
  return version === undefined ? `build ${number}` : `build ${version} (${number})`
}
