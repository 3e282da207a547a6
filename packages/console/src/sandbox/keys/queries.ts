import type { LoggedRequest } from '@clipflight/control'
import { queryOptions } from '@tanstack/react-query'
import { control } from '../../service/clients.ts'

/** The keys of a team, revoked ones too. */
export function keysQuery(team: number) {
  return queryOptions({
    queryKey: ['team', team, 'keys'],
    queryFn: async ({ signal }) => (await control.listKeys({ team }, { signal })).keys,
  })
}

/** What was left of a key's hour when it was answered last. */
export interface SeenBudget {
  readonly at: string
  /** Undefined where requests are not limited. */
  readonly limit: number | undefined
  readonly remaining: number
}

/** Answers that are looked at: faults make some of their own budgets up. */
const FEW = 10
const BUDGET_MILLISECONDS = 5000

/** The budget of a key as the log knows it; null when it knows nothing. */
export function budgetQuery(team: number, key: string) {
  return queryOptions({
    queryKey: ['team', team, 'keys', key, 'budget'],
    queryFn: async ({ signal }) => {
      const { requests } = await control.listRequests({ team, key, limit: FEW }, { signal })
      const last = requests.findLast(({ fault }) => fault === undefined)
      return last === undefined ? null : readBudget(last)
    },
    refetchInterval: BUDGET_MILLISECONDS,
  })
}

/** `user-hour-lim:3600;user-hour-rem:3121;` */
function readBudget({ at, answerHeaders }: LoggedRequest): SeenBudget {
  const header = [answerHeaders['x-rate-limit'] ?? ''].flat().join(';')
  const [, limit] = /user-hour-lim:(\d+)/.exec(header) ?? []
  const [, remaining] = /user-hour-rem:(\d+)/.exec(header) ?? []
  return { at, limit: limit === undefined ? undefined : Number(limit), remaining: Number(remaining ?? 0) }
}
