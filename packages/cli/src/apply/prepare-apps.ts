import type { Client } from '@clipflight/client'
import { wrongUsage } from '../command-error.ts'
import type { Warn } from '../connection/key-file.ts'
import type { FileApp, InvocationsFile } from '../file/invocations-file.ts'
import { nameTarget, type PlannedApp } from '../print/planned-app.ts'
import type { Progress } from '../terminal/progress.ts'
import { resolveApp } from '../project/resolve-app.ts'
import { findBuildOfApp, type BuildOfApp } from '../target/find-build-of-app.ts'
import { findClip } from '../target/find-bundle.ts'
import { isId } from '../target/is-id.ts'
import type { BundleOptions } from '../target/options.ts'
import { prepare, type PreparedApp } from './prepared-app.ts'
import { readBundle } from './read-bundle.ts'

export interface WaitOptions {
  /** Whether to wait for a build that is still processed. */
  readonly wait?: boolean
  /** For how long, in milliseconds. */
  readonly timeout: number
}

export interface PrepareOptions extends BundleOptions, WaitOptions {
  readonly prune?: boolean
}

/** What looking around on a service takes. */
export interface Look {
  readonly client: Client
  readonly progress: Progress
  readonly warn: Warn
}

/** The apps of the file that are meant. */
export function chooseApps({ apps, path }: InvocationsFile, { app, bundle }: BundleOptions): readonly FileApp[] {
  const chosen = app === undefined ? apps : apps.filter((each) => each.app === app)
  if (chosen.length === 0)
    throw wrongUsage(`${path} has no app '${app}'`, `It has ${apps.map((each) => each.app).join(', ')}.`)
  if (bundle !== undefined && chosen.length > 1)
    throw wrongUsage(
      `--bundle names one App Clip, and ${path} has ${apps.length} apps`,
      'Say which of them with --app.',
    )
  return chosen
}

/** Plans for each app, one after the other. Nothing is changed. */
export async function prepareApps(
  look: Look,
  apps: readonly FileApp[],
  options: PrepareOptions,
  path: string,
): Promise<readonly PreparedApp[]> {
  const prepared: PreparedApp[] = []
  for (const app of apps) {
    const target = await findTarget(look, { ...options, app: app.app })
    const wanted = resolveApp(app, { ...target.build }, path)
    const actual = await readBundle(look.client, target.buildBundle, look.warn)
    prepared.push(prepare(target, wanted, actual, options))
    warnOfLocales(
      look.warn,
      target,
      wanted.flatMap(({ titles }) => Object.keys(titles)),
    )
  }
  return prepared
}

/** Whose invocations are meant: an app, its build, and the App Clip in it. */
export interface Target extends Omit<PlannedApp, 'plan'> {
  /** The languages that the build has in TestFlight; none where that is not known. */
  readonly locales: readonly string[]
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
  }
}

/** Apple lets titles be in the languages that a build has in TestFlight, and its service may take others all the same. */
export function warnOfLocales(warn: Warn, target: Target, used: readonly string[]): void {
  const { app, locales } = target
  const missing = [...new Set(used)].filter((locale) => !locales.includes(locale))
  if (locales.length === 0 || missing.length === 0) return
  warn(
    `${app} has titles in ${missing.join(', ')}, and ${nameTarget(target)} has no text in TestFlight in ` +
      `${missing.length === 1 ? 'that language' : 'those languages'}: App Store Connect may not show them`,
  )
}
