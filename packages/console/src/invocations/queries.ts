import { queryOptions } from '@tanstack/react-query'
import { buildQuery, type Build } from '../builds/queries.ts'
import { serviceOf } from '../service/clients.ts'

/** Titles that can come along with an invocation: more than there are locales. */
export const MOST_TITLES = 50

function readInvocations(team: number, bundle: string, signal: AbortSignal) {
  const list = serviceOf(team).buildBundles.betaAppClipInvocations(
    bundle,
    { include: ['betaAppClipInvocationLocalizations'], limits: { betaAppClipInvocationLocalizations: MOST_TITLES } },
    { signal },
  )
  return Array.fromAsync(list)
}

/** An invocation with its titles. */
export type Invocation = Awaited<ReturnType<typeof readInvocations>>[number]

/** The invocations of a bundle. */
export function invocationsQuery(team: number, bundle: string) {
  return queryOptions({
    queryKey: ['team', team, 'invocations', { bundle }],
    queryFn: ({ signal }) => readInvocations(team, bundle, signal),
  })
}

/** The App Clips of a build: invocations belong to one of them. */
export function appClipsOf({ buildBundles }: Build): Build['buildBundles'] {
  return buildBundles.filter(({ bundleType }) => bundleType === 'APP_CLIP')
}

/** The App Clips of another build, whose invocations could be taken over. */
export function sourcesQuery(team: number, build: string) {
  return queryOptions({ ...buildQuery(team, build), select: appClipsOf })
}
