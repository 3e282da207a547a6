import { ApiError } from '@clipflight/client'
import type { ChangeOutcome, Outcome } from '../plan/outcome.ts'
import type { Plan } from '../plan/plan-changes.ts'
import { sendChange, type ChangingClient } from './send-change.ts'

export interface Performed {
  /** Of every change, in the order of the plans. */
  readonly outcomes: readonly ChangeOutcome[]
  /** Why it ended before all was done. */
  readonly error?: unknown
}

interface PlannedChanges {
  /** The app's bundle id. */
  readonly app: string
  readonly buildBundle: string
  readonly plan: Pick<Plan, 'changes'>
}

/** Looked at before each change. */
interface StopWatch {
  /** Anything but undefined: begin nothing new. */
  readonly wish?: unknown
  /** Aborted when what is under way is not to be waited for either. */
  readonly signal: AbortSignal
}

interface Listener {
  /** A change is about to be sent. */
  readonly onBegin: (change: ChangeOutcome['change']) => void
  readonly onDone: (change: ChangeOutcome['change']) => void
}

/** Makes the changes one after the other, until one fails or there is a wish to stop. */
export async function performChanges(
  client: ChangingClient,
  apps: readonly PlannedChanges[],
  watch: StopWatch,
  { onBegin, onDone }: Listener,
): Promise<Performed> {
  const outcomes: ChangeOutcome[] = []
  let failure: { readonly error: unknown } | undefined
  for (const { app, buildBundle, plan } of apps) {
    for (const change of plan.changes) {
      if (failure !== undefined || watch.wish !== undefined) {
        outcomes.push({ app, change, outcome: 'not done' })
        continue
      }
      onBegin(change)
      try {
        await sendChange(client, buildBundle, change, { signal: watch.signal })
        outcomes.push({ app, change, outcome: 'done' })
        onDone(change)
      } catch (error) {
        failure = { error }
        outcomes.push({ app, change, outcome: outcomeOf(error) })
      }
    }
  }
  return { outcomes, ...failure }
}

/** A service that answers with a problem of its own may have done it before. */
function outcomeOf(error: unknown): Outcome {
  return error instanceof ApiError && error.status < 500 ? 'refused' : 'unclear'
}
