import { queryOptions } from '@tanstack/react-query'
import { control } from '../../service/clients.ts'

const CLOCK_MILLISECONDS = 5000

/** The clock of the service, with the moment of this machine at which it was read. */
export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: async ({ signal }) => ({ ...(await control.readClock({}, { signal })), readAt: Date.now() }),
  refetchInterval: CLOCK_MILLISECONDS,
})

/** The snapshots of a team. */
export function snapshotsQuery(team: number) {
  return queryOptions({
    queryKey: ['team', team, 'snapshots'],
    queryFn: async ({ signal }) => (await control.listSnapshots({ team }, { signal })).snapshots,
  })
}
