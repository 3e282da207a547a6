import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { statusOf } from './failures.ts'

/** Under this key is who has signed in: null when nobody has, and `ENDED` when somebody had whose session ended by itself. */
export const SESSION_KEY = ['session'] as const
export const ENDED = 'ended'

/** What is left of a session that the service refuses. */
export function refusedSession(): typeof ENDED | null {
  return queryClient.getQueryData(SESSION_KEY) ? ENDED : null
}

/** A refused session is none any more, whichever call found out. */
export function noticeEnd(error: unknown): void {
  if (statusOf(error) === 401) queryClient.setQueryData(SESSION_KEY, refusedSession())
}

/** Of mutations that ask to be let in: what they prove is refused, and no session. */
export const SIGNS_IN = { signsIn: true } as const

/** What the page knows of the service. Everything of a team is below `['team', number]`. */
export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({
    onError(error, _variables, _result, { meta }) {
      if (meta !== SIGNS_IN) noticeEnd(error)
    },
  }),
  defaultOptions: {
    // The clients try again by themselves where that helps.
    // Without a network the service can still be on this machine, and where it is not, that is better said than waited for.
    queries: { retry: false, staleTime: 5000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})
