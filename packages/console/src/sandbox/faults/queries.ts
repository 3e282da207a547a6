import { queryOptions } from '@tanstack/react-query'
import { control } from '../../service/clients.ts'

/** Faults strike whenever somebody asks: how often they did is looked up again and again. */
const STRIKING_MILLISECONDS = 2000

/** The faults that are set up for a team, those for all teams too. */
export function faultsQuery(team: number) {
  return queryOptions({
    queryKey: ['team', team, 'faults'],
    queryFn: ({ signal }) => control.listFaults({ team }, { signal }),
    refetchInterval: STRIKING_MILLISECONDS,
  })
}

/** What can be switched on by a name. */
export const presetsQuery = queryOptions({
  queryKey: ['presets'],
  queryFn: async ({ signal }) => (await control.listPresets({}, { signal })).presets,
  staleTime: Number.POSITIVE_INFINITY,
})
