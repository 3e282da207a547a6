import { countDone, type ChangeOutcome, type Outcome } from '@clipflight/plan'
import { createPaint } from './paint.ts'
import { writeChange } from './write-change.ts'

/** Such as `Applied: 1 created, 0 updated, 2 deleted.`, or how far it came. */
export function summarize(outcomes: readonly ChangeOutcome[]): string {
  const done = countDone(outcomes)
  const counts = `${done.create} created, ${done.update} updated, ${done.delete} deleted`
  const total = done.create + done.update + done.delete
  if (total === outcomes.length) return `Applied: ${counts}.`
  return `${total} of ${outcomes.length} changes were made: ${counts}.`
}

const HEADINGS: Readonly<Record<Exclude<Outcome, 'done'>, string>> = {
  refused: 'Refused:',
  unclear: 'Sent, and not known whether it arrived:',
  'not done': 'Not done:',
}

/** Every change that was not made, a line each, under what became of it. */
export function writeLeftovers(outcomes: readonly ChangeOutcome[]): readonly string[] {
  const paint = createPaint(false)
  return (['refused', 'unclear', 'not done'] as const).flatMap((outcome) => {
    const lines = outcomes.filter((each) => each.outcome === outcome)
    return lines.length === 0
      ? []
      : [HEADINGS[outcome], ...lines.map(({ change }) => `  ${writeChange(change, paint)}`)]
  })
}
