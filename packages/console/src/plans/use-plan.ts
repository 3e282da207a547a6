import { useQuery } from '@tanstack/react-query'
import { planChanges, type Plan, type WantedInvocation } from '@clipflight/plan'
import { useStaying } from '../invocations/deletions.ts'
import { invocationsQuery } from '../invocations/queries.ts'

export interface Place {
  readonly team: number
  /** Id of the App Clip in the build. */
  readonly bundle: string
}

/** What makes the App Clip as wanted, made anew whenever it is known to have changed. */
export function usePlan({ team, bundle }: Place, wanted: readonly WantedInvocation[], prune: boolean) {
  const { data, error, refetch } = useQuery(invocationsQuery(team, bundle))
  // Before a plan is applied, what is on its way out is sent.
  const staying = useStaying(data ?? [])
  const plan: Plan | undefined = data === undefined ? undefined : planChanges(wanted, staying, { prune })
  const doesPruneHelp =
    data !== undefined &&
    (plan?.problems ?? []).length > 0 &&
    planChanges(wanted, staying, { prune: true }).problems.length === 0
  return { plan, doesPruneHelp, error, refetch }
}
