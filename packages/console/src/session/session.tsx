import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, lazy, Suspense, use, useReducer, type ReactNode } from 'react'
import { control } from '../service/clients.ts'
import { statusOf } from '../service/failures.ts'
import { ENDED, SESSION_KEY } from '../service/query-client.ts'
import { Failure } from '../ui/failure.tsx'
import { forgetAll } from './at-sign-out.ts'
import { sessionQuery, type Session } from './queries.ts'

const SignIn = lazy(() => import('./sign-in.tsx').then((room) => ({ default: room.SignIn })))

const Current = createContext<Session | undefined>(undefined)

/** Shows the page to who has signed in, and the form to sign in to everybody else, at the same address. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const { data, error, refetch } = useQuery(sessionQuery)
  const [, lookAgain] = useReducer((times: number) => times + 1, 0)
  if (data === null || data === ENDED || location.hash.startsWith('#code=')) {
    return (
      <Suspense>
        <SignIn hasEnded={data === ENDED} onRefused={lookAgain} />
      </Suspense>
    )
  }
  if (data !== undefined) return <Current value={data}>{children}</Current>
  return error === null ? null : <Failure error={error} onTryAgain={() => void refetch()} />
}

/** Who has signed in. */
export function useSession(): Session {
  const session = use(Current)
  if (session === undefined) throw new Error('Nobody is known outside of <SessionGate>.')
  return session
}

/** Makes another session the current one, or none; what the page knew by the one before is forgotten. */
export function enterSession(queryClient: QueryClient, session: Session | null): void {
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION_KEY[0] })
  // They hold what was sent and answered: tokens, and private keys.
  queryClient.getMutationCache().clear()
  queryClient.setQueryData(SESSION_KEY, session)
}

/** Ends the session, and forgets what was written in it. Rejects where the service does not. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient()
  return async () => {
    try {
      await control.signOut()
    } catch (error) {
      // It has ended already.
      if (statusOf(error) !== 401) throw error
    }
    forgetAll()
    enterSession(queryClient, null)
  }
}
