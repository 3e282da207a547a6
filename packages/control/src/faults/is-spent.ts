import type { Fault } from './fault-rule.ts'

/** Whether it was for the next few, and has struck them. */
export function isSpent({ when: { next }, struck }: Fault): boolean {
  return next !== undefined && struck >= next
}
