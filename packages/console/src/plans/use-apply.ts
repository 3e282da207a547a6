import { useMutation, useQueryClient } from '@tanstack/react-query'
import { performChanges, planChanges, type Change, type Outcome, type WantedInvocation } from '@clipflight/plan'
import { useEffect, useRef, useState } from 'react'
import { invocationsQuery } from '../invocations/queries.ts'
import { serviceOf } from '../service/clients.ts'
import { sendWaiting } from '../service/waiting.ts'
import type { Place } from './use-plan.ts'

export interface Step {
  readonly change: Change
  readonly state: Outcome | 'waiting' | 'running'
}

/** How far the changes of a plan have come. */
export interface Run {
  readonly state: 'checking' | 'stale' | 'applying' | 'ended'
  readonly steps: readonly Step[]
  readonly isStopped: boolean
  /** Why it ended before all was done; undefined when it was stopped. */
  readonly error?: unknown
}

export interface Wish {
  readonly wanted: readonly WantedInvocation[]
  readonly prune: boolean
  /** As they were shown. Only these are applied. */
  readonly changes: readonly Change[]
}

/** Applies plans, one change after the other, and knows how far it is. What was made is read again afterwards. */
export function useApply({ team, bundle }: Place) {
  const queryClient = useQueryClient()
  const query = invocationsQuery(team, bundle)
  const [run, setRun] = useState<Run>()
  const wish = useRef<true>(undefined)
  const applying = useMutation({
    mutationFn: async ({ wanted, prune, changes }: Wish): Promise<void> => {
      wish.current = undefined
      setRun({ state: 'checking', steps: [], isStopped: false })
      // The plan may count on an invocation that is on its way out.
      await sendWaiting()
      const actual = await queryClient.fetchQuery({ ...query, staleTime: 0 })
      if (JSON.stringify(planChanges(wanted, actual, { prune }).changes) !== JSON.stringify(changes)) {
        setRun({ state: 'stale', steps: [], isStopped: false })
        return
      }
      const states = new Map<Change, Step['state']>()
      const tell = (): void =>
        setRun({
          state: 'applying',
          steps: changes.map((change) => ({ change, state: states.get(change) ?? 'waiting' })),
          isStopped: wish.current !== undefined,
        })
      const mark = (change: Change, state: Step['state']): void => {
        states.set(change, state)
        tell()
      }
      const { outcomes, error } = await performChanges(
        serviceOf(team),
        [{ app: '', buildBundle: bundle, plan: { changes } }],
        {
          get wish() {
            return wish.current
          },
          signal: new AbortController().signal,
        },
        { onBegin: (change) => mark(change, 'running'), onDone: (change) => mark(change, 'done') },
      )
      setRun({
        state: 'ended',
        steps: outcomes.map(({ change, outcome }) => ({ change, state: outcome })),
        isStopped: wish.current !== undefined,
        error,
      })
    },
    onError: () => setRun(undefined),
    // Whatever was made, the page is to show what is there.
    onSettled: () => queryClient.invalidateQueries({ queryKey: query.queryKey }),
  })
  const isApplying = run?.state === 'applying'
  const isBusy = isApplying || run?.state === 'checking'
  useEffect(() => {
    if (!isApplying) return undefined
    const hold = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', hold)
    return () => removeEventListener('beforeunload', hold)
  }, [isApplying])
  return {
    run,
    /** Why nothing was begun. */
    error: applying.error,
    isBusy,
    apply(asked: Wish) {
      if (!isBusy) applying.mutate(asked)
    },
    /** Lets what is under way end, and begins nothing new. */
    stop() {
      wish.current = true
      setRun((current) => current && { ...current, isStopped: true })
    },
  }
}
