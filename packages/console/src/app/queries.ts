import { queryOptions } from '@tanstack/react-query'
import { control } from '../service/clients.ts'

/** The teams of the service, for who may see all of them. */
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async ({ signal }) => (await control.listTeams({}, { signal })).teams,
})
