import { constants } from 'node:os'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { summarize, writeLeftovers } from '../print/write-outcome.ts'
import type { Performed } from './perform-changes.ts'

/** By convention a program that a signal ended exits with this and the signal's number. */
const EXIT_BY_SIGNAL = 128

/** The error for changes of which some were not made: why, what was done and what was not, and what to do next. */
export function explainStop(
  { outcomes, error, wish }: Performed & { readonly wish?: NodeJS.Signals | undefined },
  explain: (error: unknown) => unknown,
  advice: string,
): CommandError {
  const explained = wish === undefined ? explain(error) : undefined
  const reason = explained instanceof CommandError ? explained : undefined
  const message = wish === undefined ? (reason?.message ?? String(error)) : `Stopped by ${wish}`
  return new CommandError([message, summarize(outcomes), ...writeLeftovers(outcomes)].join('\n'), {
    exitCode: wish === undefined ? (reason?.exitCode ?? EXIT_FAILED) : EXIT_BY_SIGNAL + constants.signals[wish],
    advice: [...(reason?.advice ?? []), advice],
    facts: { ...reason?.facts, outcomes },
    cause: error,
  })
}
