import type { FileApp, InvocationsFile } from '@clipflight/plan/file'
import { wrongUsage } from '../command-error.ts'
import { resolveApp } from '../project/resolve-app.ts'
import type { BundleOptions } from '../target/options.ts'
import { findTarget, warnOfTesters, type Look, type WaitOptions } from './find-target.ts'
import { prepare, type PreparedApp } from './prepared-app.ts'
import { readTarget } from './read-bundle.ts'

export interface PrepareOptions extends BundleOptions, WaitOptions {
  readonly prune?: boolean
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
    const actual = await readTarget(look.client, target, look.warn)
    prepared.push(prepare(target, wanted, actual, options))
    warnOfTesters(look.warn, target, wanted)
  }
  return prepared
}
