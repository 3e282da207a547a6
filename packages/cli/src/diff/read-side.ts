import type { Client } from '@clipflight/client'
import type { ActualInvocation, BuildFacts } from '@clipflight/plan'
import { readTarget } from '../apply/read-bundle.ts'
import type { Warn } from '../connection/key-file.ts'
import type { Side } from '../print/write-difference.ts'
import { findBuildOfApp, type BuildOfApp } from '../target/find-build-of-app.ts'
import { findClip } from '../target/find-bundle.ts'
import type { BundleOptions } from '../target/options.ts'

/** A build on one service, with what is compared of it. */
export interface ReadSide extends Side {
  readonly app: string
  readonly facts: BuildFacts
  readonly invocations: readonly ActualInvocation[]
  /** What names the same build and App Clip elsewhere, where all ids are others. */
  readonly names: BundleOptions
}

interface Look {
  readonly client: Client
  readonly found: { readonly baseUrl: string }
  readonly warn: Warn
}

/** Reads the build that the options name, with its state for testers and the invocations of its App Clip. */
export async function readSide({ client, found, warn }: Look, options: BundleOptions): Promise<ReadSide> {
  const build = await findBuildOfApp(client, options)
  const clip = findClip(build, options.bundle)
  const { version, platform } = build.preReleaseVersion
  const target = { build: { id: build.id, number: build.version, version }, buildBundle: clip.id }
  return {
    service: found.baseUrl,
    app: build.app.bundleId,
    ...target,
    facts: await readFacts(client, build),
    invocations: await readTarget(client, target, warn),
    names: {
      app: build.app.bundleId,
      build: build.version,
      version,
      platform,
      ...(clip.bundleId === null ? {} : { bundle: clip.bundleId }),
    },
  }
}

async function readFacts(client: Client, build: BuildOfApp): Promise<BuildFacts> {
  const detail = await client.builds.buildBetaDetail(build.id)
  return {
    'name of the app': build.app.name,
    'processing state': build.processingState,
    expired: build.expired ? 'yes' : 'no',
    ...(build.minOsVersion === null ? {} : { 'minimum system': build.minOsVersion }),
    ...(detail === null
      ? {}
      : {
          'state for internal testers': detail.internalBuildState,
          'state for external testers': detail.externalBuildState,
        }),
    ...Object.fromEntries(
      build.localizations
        .flatMap(({ locale, whatsNew }) => (whatsNew === null ? [] : [[`what to test, ${locale}`, whatsNew] as const]))
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    ),
  }
}
