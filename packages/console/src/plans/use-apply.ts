import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  countChanges,
  performChanges,
  planChanges,
  type Change,
  type Outcome,
  type WantedInvocation,
} from '@clipflight/plan'
import { useEffect } from 'react'
import { navigate } from 'wouter/use-browser-location'
import { beingApplied } from '../invocations/being-applied.ts'
import { createKeyedStore } from '../invocations/keyed-store.ts'
import { messages as ofInvocations } from '../invocations/messages.ts'
import { invocationsQuery } from '../invocations/queries.ts'
import { useMessages } from '../language/language.tsx'
import { serviceOf } from '../service/clients.ts'
import { sendWaiting } from '../service/waiting.ts'
import { forgetAtSignOut } from '../session/at-sign-out.ts'
import { messages as ui } from '../ui/messages.ts'
import { showToast } from '../ui/toasts.tsx'
import { messages } from './messages.ts'
import type { Place } from './use-plan.ts'

export interface Step {
  readonly change: Change
  readonly state: Outcome | 'waiting' | 'running'
}

/** How far the changes of a plan have come. */
export interface Run {
  readonly state: 'checking' | 'not begun' | 'stale' | 'applying' | 'ended'
  /** What was wanted, as one text. */
  readonly asked: string
  readonly steps: readonly Step[]
  readonly isStopped: boolean
  /** Why it did not begin, or ended before all was done; undefined when it was stopped. */
  readonly error?: unknown
}

export interface Wish {
  readonly prune: boolean
  /** The address of the page that the plan is on. */
  readonly from: string
  /** As they were shown. Only these are applied. */
  readonly changes: readonly Change[]
  /** Called when each of them was made. */
  readonly onApplied: (() => void) | undefined
}

/** The last of each bundle. It goes on while one looks at another page, and is there when one comes back. */
const runs = createKeyedStore<Run>()
let session = new AbortController()

/** Bundles, each with what is wanted of it, whose plans are in front of somebody: how they end is seen there. */
const inSight = new Set<string>()

forgetAtSignOut(
  () => {
    session.abort()
    session = new AbortController()
    for (const [bundle] of runs.entries()) {
      runs.set(bundle, undefined)
      beingApplied.set(bundle, undefined)
    }
  },
  () => runs.entries().some(([, run]) => isUnderWay(run)),
)

function isUnderWay(run: Run | undefined): boolean {
  return run?.state === 'checking' || run?.state === 'applying'
}

/** One that was forgotten stays so. */
function tell(bundle: string, now: Partial<Run>): void {
  const run = runs.get(bundle)
  if (run !== undefined) runs.set(bundle, { ...run, ...now })
}

/**
 * Applies plans, one change after the other, and knows how far it is. What was made is read again afterwards. Who has gone
 * to another page meanwhile is told there how it ended, and led back.
 */
export function useApply({ team, bundle }: Place, wanted: readonly WantedInvocation[]) {
  const say = useMessages(messages)
  const sayOfUi = useMessages(ui)
  const sayOfInvocations = useMessages(ofInvocations)
  const queryClient = useQueryClient()
  const query = invocationsQuery(team, bundle)
  const run = runs.useValue(bundle)
  const asked = JSON.stringify(wanted)
  const sight = `${bundle} ${asked}`
  useEffect(() => {
    inSight.add(sight)
    return () => void inSight.delete(sight)
  }, [sight])

  const tellWhoHasGone = (from: string): void => {
    const ended = runs.get(bundle)
    if (ended === undefined || inSight.has(`${bundle} ${ended.asked}`)) return
    const { state, steps } = ended
    const made = steps.filter((step) => step.state === 'done').map(({ change }) => change)
    const isDone = state === 'ended' && made.length === steps.length
    const text =
      state === 'not begun'
        ? sayOfUi('wentWrong')
        : state === 'stale'
          ? say('stale')
          : isDone
            ? say('applied', { ...countChanges(made) })
            : sayOfInvocations('partly', { done: made.length, total: steps.length })
    showToast(
      { text, action: { label: say('show'), perform: () => navigate(from) } },
      // What is left to do should not be missed.
      isDone ? {} : { seconds: 60 },
    )
  }

  const { mutate } = useMutation({
    mutationFn: async ({ prune, changes, onApplied }: Wish): Promise<void> => {
      const { signal } = session
      runs.set(bundle, { state: 'checking', asked, steps: [], isStopped: false })
      beingApplied.set(bundle, true)
      // The plan may count on an invocation that is on its way out.
      await sendWaiting()
      const actual = await queryClient.fetchQuery({ ...query, staleTime: 0 })
      if (JSON.stringify(planChanges(wanted, actual, { prune }).changes) !== JSON.stringify(changes)) {
        tell(bundle, { state: 'stale' })
        return
      }
      const states = new Map<Change, Step['state']>()
      const mark = (change: Change, state: Step['state']): void => {
        states.set(change, state)
        const steps = changes.map((each) => ({ change: each, state: states.get(each) ?? ('waiting' as const) }))
        tell(bundle, { state: 'applying', steps })
      }
      const { outcomes, error } = await performChanges(
        serviceOf(team),
        [{ app: '', buildBundle: bundle, plan: { changes } }],
        {
          get wish() {
            return runs.get(bundle)?.isStopped === false ? undefined : true
          },
          signal,
        },
        { onBegin: (change) => mark(change, 'running'), onDone: (change) => mark(change, 'done') },
      )
      const steps = outcomes.map(({ change, outcome }) => ({ change, state: outcome }))
      tell(bundle, { state: 'ended', steps, error })
      if (steps.every(({ state }) => state === 'done')) onApplied?.()
    },
    onError: (error) => tell(bundle, { state: 'not begun', error }),
    async onSettled(_result, _error, { from }) {
      tellWhoHasGone(from)
      // Whatever was made, the page is to show what is there.
      await queryClient.invalidateQueries({ queryKey: query.queryKey })
      beingApplied.set(bundle, undefined)
    },
  })
  const isBusy = isUnderWay(run)
  return {
    run,
    isBusy,
    apply(asked: Wish) {
      if (!isBusy) mutate(asked)
    },
    /** Lets what is under way end, and begins nothing new. */
    stop: () => tell(bundle, { isStopped: true }),
  }
}
