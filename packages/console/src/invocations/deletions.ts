import { holdBack } from '../service/waiting.ts'
import { createKeyedStore } from './keyed-store.ts'

/** How long a deletion can be taken back. */
export const SECONDS_TO_UNDO = 10

interface Deletion {
  readonly bundle: string
  /** Whether it is too late to take it back. */
  readonly isSent?: true
  /** Sends it, now; whoever has asked for it says what became of it. */
  readonly send: () => Promise<void>
}

/** What is shown as going away, by the id of the invocation. */
export const deletions = createKeyedStore<Deletion>()

/** Leaves out what is shown as going away: wherever an invocation is more than a line that can be undone. */
export function useStaying<T extends { readonly id: string }>(invocations: readonly T[]): readonly T[] {
  const going = deletions.useKeys('').split('\n')
  return invocations.filter(({ id }) => !going.includes(id))
}

/** Sends the deletions that still wait, of one bundle or of all. Resolves when each is answered. */
export async function sendDeletions(bundle?: string): Promise<void> {
  const waiting = deletions.entries().filter(([, deletion]) => bundle === undefined || deletion.bundle === bundle)
  await Promise.all(waiting.map(([, { send }]) => send()))
}

// What was deleted is not to come back because the page was closed too soon. The request outlives the page: see
// `serviceOf`.
addEventListener('pagehide', () => void sendDeletions())
holdBack(() => sendDeletions())
