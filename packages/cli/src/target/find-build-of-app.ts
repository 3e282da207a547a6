import type { Client, Result } from '@clipflight/client'
import { builds } from '@clipflight/contract'
import { wrongUsage } from '../command-error.ts'
import { findApp } from './find-app.ts'
import { BUILD_INCLUDES, findBuild, namedApp, versionFilter } from './find-build.ts'
import { isId } from './is-id.ts'
import type { BuildOptions } from './options.ts'

const INCLUDES = [...BUILD_INCLUDES, 'app', 'betaBuildLocalizations'] as const

/** A build with what a plan judges besides: whose it is, and which languages it has in TestFlight. */
export type BuildOfApp = Result<'builds', (typeof INCLUDES)[number]>

const { betaBuildLocalizations, buildBundles } = builds.relationships

const QUERY = {
  include: INCLUDES,
  // As many as the service answers at once; it knows no more languages.
  limits: { betaBuildLocalizations: betaBuildLocalizations.includeLimit, buildBundles: buildBundles.includeLimit },
} as const

/** Builds of one number, of all apps. Where a team has more, the app is looked up first. */
const MOST_OF_ONE_NUMBER = 50

/**
 * The build that is meant, in one request when it is named by its id or number, and in two when it is the latest.
 * Throws when it is of another app than the one that is named.
 */
export async function findBuildOfApp(client: Client, options: BuildOptions): Promise<BuildOfApp> {
  const [only, ...others] = await lookFor(client, options)
  if (only !== undefined && others.length === 0) return checkApp(only, options)
  // That one says what is wrong: no such app, no such build, or several.
  const { id } = await findBuild(client, options)
  return client.builds.get(id, QUERY)
}

async function lookFor(client: Client, options: BuildOptions): Promise<readonly BuildOfApp[]> {
  const { build = 'latest' } = options
  if (isId(build)) return [await client.builds.get(build, QUERY)]
  const app = namedApp(options)
  if (build === 'latest') {
    const { id } = await findApp(client, app)
    const newest = {
      filter: { app: id, ...versionFilter(options) },
      sort: ['-uploadedDate'],
      limit: 1,
      ...QUERY,
    } as const
    return (await client.builds.list(newest).page()).items
  }
  // Builds cannot be filtered by bundle id, but there are few of one number: this saves looking up the app.
  const ofNumber = {
    filter: { version: build, ...versionFilter(options) },
    limit: MOST_OF_ONE_NUMBER,
    ...QUERY,
  } as const
  const { items, next } = await client.builds.list(ofNumber).page()
  return next === undefined ? items.filter((each) => each.version === build && idsOf(each).includes(app)) : []
}

/** Names of apps are not among them: several apps may have one. */
function idsOf({ app }: BuildOfApp): readonly string[] {
  return [app.bundleId, app.id]
}

function checkApp(build: BuildOfApp, { app }: BuildOptions): BuildOfApp {
  if (app === undefined || app === '' || [...idsOf(build), build.app.name].includes(app)) return build
  throw wrongUsage(`Build ${build.version} (${build.id}) is of ${build.app.bundleId}, and not of ${app}`)
}
