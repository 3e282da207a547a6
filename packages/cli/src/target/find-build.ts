import type { Client, Result } from '@clipflight/client'
import { CommandError, notFound, wrongUsage } from '../command-error.ts'
import { EXIT_USAGE } from '../exit-codes.ts'
import { toShellWord } from '../shell-word.ts'
import { findApp, type App } from './find-app.ts'
import { isId } from './is-id.ts'
import type { BuildOptions } from './options.ts'

/** A build with its version and what it holds. */
export type FoundBuild = Result<'builds', 'preReleaseVersion' | 'buildBundles'>

/** What comes along with a build wherever it is shown. */
export const BUILD_INCLUDES = ['preReleaseVersion', 'buildBundles'] as const

/** Builds that may have the same number, in different versions or for different platforms. */
const MOST_CANDIDATES = 50

/** The build with that id or number, or the one uploaded last. Asks for the app unless the build is given by its id. */
export async function findBuild(client: Client, options: BuildOptions): Promise<FoundBuild> {
  const { build = 'latest' } = options
  if (isId(build)) return client.builds.get(build, { include: BUILD_INCLUDES })
  const app = await findApp(client, namedApp(options))
  return (await lookForBuild(client, app, options)) ?? refuseMissing(app, options)
}

/** The build of an app with that number, or the one uploaded last; undefined when there is none. */
export async function lookForBuild(
  client: Client,
  { id: app, bundleId }: App,
  options: BuildOptions,
): Promise<FoundBuild | undefined> {
  const candidates = await listBuilds(client, app, options)
  const { build = 'latest' } = options
  if (build === 'latest' || candidates.length <= 1) return candidates[0]
  throw new CommandError(`${bundleId} has several builds ${build}:\n${candidates.map(inWords).join('\n')}`, {
    exitCode: EXIT_USAGE,
    advice: ['Name it by its id, or where a verb has them with --version and --platform.'],
    facts: { candidates: candidates.map(({ id, version }) => ({ id, version })) },
  })
}

/** The app that was named by the option or the environment. */
export function namedApp({ app }: BuildOptions): string {
  if (app) return app
  throw wrongUsage(
    'The app is not named',
    'Name it with --app or CLIPFLIGHT_APP: its bundle id, name or id.',
    'See those there are: clipflight apps list',
  )
}

/**
 * What `--version` and `--platform` say, as the service filters builds by it. To Apple 1.4 and 1.4.0 are one version,
 * which goes by the spelling that was uploaded first (evidence 4.5).
 */
export function versionFilter({ version, platform }: BuildOptions) {
  return {
    ...(version === undefined ? {} : { 'preReleaseVersion.version': spellings(version) }),
    ...(platform === undefined ? {} : { 'preReleaseVersion.platform': platform }),
  }
}

function spellings(version: string): readonly string[] {
  if (/^\d+\.\d+$/.test(version)) return [version, `${version}.0`]
  return /^\d+\.\d+\.0$/.test(version) ? [version, version.slice(0, -'.0'.length)] : [version]
}

async function listBuilds(client: Client, app: string, options: BuildOptions): Promise<readonly FoundBuild[]> {
  const { build = 'latest' } = options
  const isLatest = build === 'latest'
  const { items } = await client.builds
    .list({
      filter: {
        app,
        ...(isLatest ? {} : { version: build }),
        ...versionFilter(options),
      },
      sort: ['-uploadedDate'],
      include: BUILD_INCLUDES,
      limit: isLatest ? 1 : MOST_CANDIDATES,
    })
    .page()
  return isLatest ? items : items.filter((each) => each.version === build)
}

export function refuseMissing({ bundleId }: App, { build = 'latest', version, platform }: BuildOptions): never {
  const isLatest = build === 'latest'
  const what = isLatest ? 'no build' : `no build ${build}`
  const where = [version && ` of version ${version}`, platform && ` for ${platform}`].filter(Boolean).join('')
  const isLikeVersion = build.includes('.') && version === undefined
  throw notFound(
    `${bundleId} has ${what}${where}`,
    ...(isLikeVersion
      ? [`A version is named with --version ${toShellWord(build)}; --build is for the number of a build.`]
      : []),
    `See those there are: clipflight builds list --app ${bundleId}`,
    `One that was just uploaded appears after some minutes: clipflight builds wait --app ${bundleId}${isLatest ? '' : ` --build ${toShellWord(build)}`}`,
  )
}

/** Such as `1.4 (42) IOS  0199…`. */
function inWords({ id, version, preReleaseVersion }: FoundBuild): string {
  return `  ${preReleaseVersion.version} (${version}) ${preReleaseVersion.platform}  ${id}`
}
