import type { Output } from '@clipflight/control'
import { queryOptions } from '@tanstack/react-query'
import { control } from '../service/clients.ts'
import { statusOf } from '../service/failures.ts'
import { ENDED, refusedSession, SESSION_KEY } from '../service/query-client.ts'

export type Session = Output<'readSession'>

/** Who has signed in, if anybody has. */
export const sessionQuery = queryOptions({
  queryKey: SESSION_KEY,
  queryFn: async ({ signal }): Promise<Session | typeof ENDED | null> => {
    try {
      return await control.readSession({}, { signal })
    } catch (error) {
      if (statusOf(error) === 401) return refusedSession()
      throw error
    }
  },
  staleTime: 60_000,
})
