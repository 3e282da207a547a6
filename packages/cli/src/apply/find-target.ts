import type { Client } from '@clipflight/client'
import { missingLocales, type WantedInvocation } from '@clipflight/plan'
import type { Warn } from '../connection/key-file.ts'
import { nameTarget, type PlannedApp } from '../print/planned-app.ts'
import type { Progress } from '../terminal/progress.ts'
import { findBuildOfApp, type BuildOfApp } from '../target/find-build-of-app.ts'
import { findClip } from '../target/find-bundle.ts'
import { isId } from '../target/is-id.ts'
import type { BundleOptions } from '../target/options.ts'
import { warnOfGaps } from './warn-of-gaps.ts'

/** What looking around on a service takes. */
export interface Look {
  readonly client: Client
  readonly progress: Progress
  readonly warn: Warn
}

export interface WaitOptions {
  /** Whether to wait for a build that is still processed. */
  readonly wait?: boolean
  /** For how long, in milliseconds. */
  readonly timeout: number
}

/** Whose invocations are meant: an app, its build, and the App Clip in it. */
export interface Target extends Omit<PlannedApp, 'plan'> {
  /** The languages that the build has in TestFlight; none where that is not known. */
  readonly locales: readonly string[]
  /** Undefined where that is not known. */
  readonly isExpired?: boolean
}

/** Looks for the build that the options name, and for the App Clip in it. */
export async function findTarget(look: Look, options: BundleOptions & WaitOptions): Promise<Target> {
  const { app = '', bundle, build, version, platform, wait } = options
  const isBundleAlone = [build, version, platform, wait].every((each) => each === undefined)
  // It was named by its id: nothing else has to be known, and nothing leads from it to its build.
  if (bundle !== undefined && isId(bundle) && isBundleAlone) return { app, buildBundle: bundle, locales: [] }
  return toTarget(await findProcessedBuild(look, options), bundle)
}

async function findProcessedBuild(
  { client, progress }: Look,
  { wait, timeout, ...options }: BundleOptions & WaitOptions,
): Promise<BuildOfApp> {
  if (wait !== true) return findBuildOfApp(client, options)
  const { waitForBuild } = await import('../target/wait-for-build.ts')
  const { id } = await waitForBuild(client, options, { progress, timeoutMilliseconds: timeout })
  return findBuildOfApp(client, { app: options.app ?? '', build: id })
}

/** The App Clip of a build that was found. */
export function toTarget(build: BuildOfApp, bundle: string | undefined): Target {
  return {
    app: build.app.bundleId,
    build: { id: build.id, number: build.version, version: build.preReleaseVersion.version },
    buildBundle: findClip(build, bundle).id,
    locales: build.localizations.map(({ locale }) => locale),
    ...(build.expired === null ? {} : { isExpired: build.expired }),
  }
}

/** What testers will not get as it was planned, though the service takes it. */
export function warnOfTesters(warn: Warn, target: Target, wanted: readonly WantedInvocation[]): void {
  if (target.isExpired === true && wanted.length > 0)
    warn(`The ${nameTarget(target)} of ${target.app} has expired: testers cannot launch it`)
  warnOfLocales(warn, target, wanted)
  warnOfGaps(warn, target.app, wanted)
}

/** Apple lets titles be in the languages that a build has in TestFlight. */
function warnOfLocales(warn: Warn, target: Target, wanted: readonly WantedInvocation[]): void {
  const { app, locales } = target
  const missing = missingLocales(wanted, locales)
  if (missing.length === 0) return
  warn(
    `${app} has titles in ${missing.join(', ')}, and ${nameTarget(target)} has no text in TestFlight in ` +
      `${missing.length === 1 ? 'that language' : 'those languages'}: App Store Connect may not show them`,
  )
}
