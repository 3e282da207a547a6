import { builds } from '@clipflight/contract'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { serviceOf } from '../service/clients.ts'

/** Rows of a table before one has to ask for more. */
const PAGE_SIZE = 50

/** The apps of a team, in order of name. */
export function appsQuery(team: number) {
  return queryOptions({
    queryKey: ['team', team, 'apps'],
    queryFn: ({ signal }) => Array.fromAsync(serviceOf(team).apps.list({ sort: ['name'], limit: 200 }, { signal })),
  })
}

/** As many builds as are looked through for the newest of each app: the most that a page holds. */
const LATEST_BUILDS = 200

/** The newest build of each app by the app's id, and whether that is all there is to know. */
export function newestBuildsQuery(team: number) {
  return queryOptions({
    queryKey: ['team', team, 'builds', { newest: true }],
    queryFn: async ({ signal }) => {
      const { items, next } = await serviceOf(team)
        .builds.list(
          { include: ['app', 'preReleaseVersion'], sort: ['-uploadedDate'], limit: LATEST_BUILDS },
          { signal },
        )
        .page()
      // The last of a key stays in a map: the newest is written last.
      return { byApp: new Map(items.toReversed().map((build) => [build.app.id, build])), isAll: next === undefined }
    },
  })
}

/** One app. */
export function appQuery(team: number, app: string) {
  return queryOptions({
    queryKey: ['team', team, 'apps', app],
    queryFn: ({ signal }) => serviceOf(team).apps.get(app, {}, { signal }),
  })
}

/** The latest builds of an app, as many as `pages` pages hold. */
export function buildsQuery(team: number, app: string) {
  const first = () =>
    serviceOf(team)
      .builds.list({
        filter: { app: [app] },
        include: ['preReleaseVersion', 'buildBetaDetail'],
        sort: ['-uploadedDate'],
        limit: PAGE_SIZE,
      })
      .page()
  type BuildsPage = Awaited<ReturnType<typeof first>>
  return infiniteQueryOptions({
    queryKey: ['team', team, 'builds', { app }],
    initialPageParam: first as () => Promise<BuildsPage>,
    queryFn: ({ pageParam }) => pageParam(),
    getNextPageParam: (last: BuildsPage) => last.next,
  })
}

const { betaBuildLocalizations, buildBundles } = builds.relationships

const SHOWN_OF_BUILD = {
  include: ['app', 'preReleaseVersion', 'buildBundles', 'buildBetaDetail', 'betaBuildLocalizations'],
  limits: { buildBundles: buildBundles.includeLimit, betaBuildLocalizations: betaBuildLocalizations.includeLimit },
} as const

function readBuild(team: number, build: string, signal: AbortSignal) {
  return serviceOf(team).builds.get(build, SHOWN_OF_BUILD, { signal })
}

/** A build with everything that pages show of it, but its invocations. */
export type Build = Awaited<ReturnType<typeof readBuild>>

const PROCESSING_MILLISECONDS = 2000

/** One build. It is looked at again while it is being processed. */
export function buildQuery(team: number, build: string) {
  return queryOptions({
    queryKey: ['team', team, 'builds', build],
    queryFn: ({ signal }) => readBuild(team, build, signal),
    refetchInterval: ({ state: { data } }) =>
      data?.processingState === 'PROCESSING' ? PROCESSING_MILLISECONDS : false,
  })
}
