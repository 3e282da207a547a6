import type { Client } from '@clipflight/client'
import { CommandError, notFound } from '../command-error.ts'
import { EXIT_USAGE } from '../exit-codes.ts'
import { findBuild, type FoundBuild } from './find-build.ts'
import { isId } from './is-id.ts'
import type { BundleOptions } from './options.ts'

export type FoundBundle = FoundBuild['buildBundles'][number]

/** The id of the App Clip bundle that is meant: no request when its id is given, two when app and build are. */
export async function findBundleId(client: Client, options: BundleOptions): Promise<string> {
  const { bundle } = options
  if (bundle !== undefined && isId(bundle)) return bundle
  return findClip(await findBuild(client, options), bundle).id
}

/** The App Clip in a build, by its bundle id where there are several. */
export function findClip(build: FoundBuild, bundle?: string): FoundBundle {
  const clips = build.buildBundles.filter(({ bundleType }) => bundleType === 'APP_CLIP')
  const named = bundle === undefined ? clips : clips.filter(({ bundleId, id }) => bundleId === bundle || id === bundle)
  const [found, ...others] = named
  const listed = clips.map(({ bundleId, id }) => `  ${bundleId}  ${id}`).join('\n')
  if (found !== undefined && others.length === 0) return found
  if (found !== undefined) {
    throw new CommandError(`Build ${build.version} has several App Clips:\n${listed}`, {
      exitCode: EXIT_USAGE,
      advice: ['Say which with --bundle.'],
      facts: { candidates: clips.map(({ id, bundleId }) => ({ id, bundleId })) },
    })
  }
  if (clips.length > 0) throw notFound(`Build ${build.version} has no App Clip '${bundle}'. It has:\n${listed}`)
  throw notFound(
    `Build ${build.version} has no App Clip`,
    build.processingState === 'PROCESSING'
      ? `It is still being processed: clipflight builds wait --build ${build.id}`
      : 'Add an App Clip target to the app, and upload a build with it.',
  )
}
