import { useQuery } from '@tanstack/react-query'
import { Redirect } from 'wouter'
import { useSession } from '../session/session.tsx'
import { Failure } from '../ui/failure.tsx'
import { pathTo } from './paths.ts'
import { teamsQuery } from './queries.ts'

/** Leads to the apps of the session's team; where it may see every team, to the only one, or to the choice. */
export function Home() {
  const session = useSession()
  const teams = useQuery({ ...teamsQuery, enabled: session.team === null })
  if (teams.error !== null) return <Failure error={teams.error} onTryAgain={() => void teams.refetch()} />
  const [only, ...others] = teams.data ?? []
  const team = session.team ?? (others.length === 0 ? only?.team : undefined)
  if (team !== undefined) return <Redirect to={pathTo('apps', { team })} replace />
  return teams.data === undefined ? null : <Redirect to={pathTo('teams')} replace />
}
