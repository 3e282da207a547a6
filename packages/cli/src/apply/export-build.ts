import type { AppInvocations } from '../file/write-invocations-file.ts'
import { toWanted, type WantedInvocation } from '../plan/invocation.ts'
import { nameTarget } from '../print/planned-app.ts'
import { findBuildOfApp } from '../target/find-build-of-app.ts'
import type { BundleOptions } from '../target/options.ts'
import { toTarget, type Look } from './find-target.ts'
import { readBundle } from './read-bundle.ts'

/** The invocations of a build as a file has them, and the build's name for people. */
export async function exportBuild(
  { client, warn }: Look,
  options: BundleOptions,
): Promise<AppInvocations & { readonly name: string }> {
  const target = toTarget(await findBuildOfApp(client, options), options.bundle)
  const invocations = (await readBundle(client, target.buildBundle, warn)).map(toWanted).map(inOrder)
  return { app: target.app, invocations, name: nameTarget(target) }
}

/** A service tells titles in any order; in a file they stay where they are, so that only what changed differs. */
function inOrder({ url, titles }: WantedInvocation): WantedInvocation {
  const sorted = Object.entries(titles).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { url, titles: Object.fromEntries(sorted) }
}
