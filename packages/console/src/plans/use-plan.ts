import { useQuery } from '@tanstack/react-query'
import { planChanges, type Plan, type WantedInvocation } from '@clipflight/plan'
import { invocationsQuery } from '../invocations/queries.ts'

export interface Place {
  readonly team: number
  /** Id of the App Clip in the build. */
  readonly bundle: string
}

/** What makes the App Clip as wanted, made anew whenever it is known to have changed. */
export function usePlan({ team, bundle }: Place, wanted: readonly WantedInvocation[], prune: boolean) {
  const { data, error, refetch } = useQuery(invocationsQuery(team, bundle))
  const plan: Plan | undefined = data === undefined ? undefined : planChanges(wanted, data, { prune })
  const doesPruneHelp =
    data !== undefined &&
    (plan?.problems ?? []).length > 0 &&
    planChanges(wanted, data, { prune: true }).problems.length === 0
  return { plan, doesPruneHelp, error, refetch }
}
