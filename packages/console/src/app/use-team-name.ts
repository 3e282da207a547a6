import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useSession } from '../session/session.tsx'
import { teamIn } from './paths.ts'
import { teamsQuery } from './queries.ts'

/**
 * What the team is called that the page is of, for who may see several; '' until it is known, undefined where there is
 * nothing to tell apart.
 */
export function useTeamName(): string | undefined {
  const { team: only } = useSession()
  const [location] = useLocation()
  const shown = teamIn(location)
  const isOneOfSeveral = only === null && shown !== undefined
  const { data } = useQuery({ ...teamsQuery, enabled: isOneOfSeveral })
  return isOneOfSeveral ? (data?.find(({ team }) => String(team) === shown)?.name ?? '') : undefined
}
