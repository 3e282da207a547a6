import { inOrderOfLocales, toWanted } from '@clipflight/plan'
import type { AppInvocations } from '@clipflight/plan/file'
import { nameTarget } from '../print/planned-app.ts'
import { findBuildOfApp } from '../target/find-build-of-app.ts'
import type { BundleOptions } from '../target/options.ts'
import { toTarget, type Look } from './find-target.ts'
import { readTarget } from './read-bundle.ts'

/** The invocations of a build as a file has them, and the build's name for people. */
export async function exportBuild(
  { client, warn }: Look,
  options: BundleOptions,
): Promise<AppInvocations & { readonly name: string }> {
  const target = toTarget(await findBuildOfApp(client, options), options.bundle)
  const invocations = (await readTarget(client, target, warn)).map(toWanted).map(inOrderOfLocales)
  return { app: target.app, invocations, name: nameTarget(target) }
}
