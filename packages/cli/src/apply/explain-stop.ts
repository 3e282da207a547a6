import { constants } from 'node:os'
import type { Performed } from '@clipflight/plan'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { summarize, writeLeftovers } from '../print/write-outcome.ts'
import { EXIT_BY_SIGNAL } from '../signals.ts'

/** The error for changes of which some were not made: why, what was done and what was not, and what to do next. */
export function explainStop(
  { outcomes, error, wish }: Performed & { readonly wish?: NodeJS.Signals | undefined },
  explain: (error: unknown) => unknown,
  advice: string,
): CommandError {
  // What was cut off by the signal has no explanation of its own.
  const explained = error === undefined ? undefined : explain(error)
  const reason = explained instanceof CommandError ? explained : undefined
  const why = [wish === undefined ? [] : `Stopped by ${wish}`, reason?.message ?? []].flat()
  const lines = [...(why.length === 0 ? [String(error)] : why), summarize(outcomes), ...writeLeftovers(outcomes)]
  return new CommandError(lines.join('\n'), {
    exitCode: wish === undefined ? (reason?.exitCode ?? EXIT_FAILED) : EXIT_BY_SIGNAL + constants.signals[wish],
    advice: [...(reason?.advice ?? []), advice],
    facts: { ...reason?.facts, outcomes },
    cause: error,
  })
}
