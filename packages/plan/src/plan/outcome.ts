import { countChanges, type Change, type ChangeCounts } from './change.ts'

/** What became of a change. `unclear`: it was sent, and whether it arrived is not known. */
export type Outcome = 'done' | 'refused' | 'unclear' | 'not done'

export interface ChangeOutcome {
  readonly app: string
  readonly change: Change
  readonly outcome: Outcome
}

/** How many of each kind were done. */
export function countDone(outcomes: readonly ChangeOutcome[]): ChangeCounts {
  return countChanges(outcomes.filter(({ outcome }) => outcome === 'done').map(({ change }) => change))
}
