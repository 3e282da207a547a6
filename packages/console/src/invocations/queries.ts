import { queryOptions } from '@tanstack/react-query'
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
