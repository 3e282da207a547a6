import { appClipsOf } from './builds/app-clips.ts'
import { buildQuery } from './builds/queries.ts'
import { invocationsQuery } from './invocations/queries.ts'
import { queryClient } from './service/query-client.ts'
import { sessionQuery } from './session/queries.ts'

/**
 * Asks who has signed in, for the build of an address, and for its invocations. Whoever shows them hears of it where they
 * cannot be had.
 */
export async function readAhead(address: string): Promise<void> {
  void queryClient.prefetchQuery(sessionQuery)
  const [, number, id] = /^\/teams\/(\d+)\/builds\/([^/]+)/.exec(address) ?? []
  if (id === undefined) return
  const team = Number(number)
  const build = await queryClient.fetchQuery(buildQuery(team, id)).catch(() => undefined)
  if (build === undefined) return
  for (const clip of appClipsOf(build)) void queryClient.prefetchQuery(invocationsQuery(team, clip.id))
}
