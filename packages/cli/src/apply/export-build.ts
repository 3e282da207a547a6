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
  const found = (await readTarget(client, target, warn)).map(toWanted).map(inOrderOfLocales)
  const invocations = found.filter(({ titles }) => Object.keys(titles).length > 0)
  // Its last title may have been deleted, which leaves nothing for testers to read, and is a mistake in a file.
  for (const { url } of found.filter((each) => !invocations.includes(each)))
    warn(`Left out: ${url}, which has no title`)
  return { app: target.app, invocations, name: nameTarget(target) }
}
