import { ControlError, writeControlProblem } from '@clipflight/control'
import { codeOf, CommandError } from '../command-error.ts'
import { adviceToReach } from '../connection/advice-to-reach.ts'
import { exitCodeOfStatus } from '../connection/exit-code-of-status.ts'
import { EXIT_FAILED, EXIT_USAGE } from '../exit-codes.ts'
import type { FoundControl } from './find-control.ts'

/** The request itself is wrong: what somebody typed, or wrote into a rule. */
const WRONG_REQUESTS: ReadonlySet<number> = new Set([400, 422])

/** What is said instead of a pointer into JSON that nobody typed. */
export type NameOf = (pointer: string) => string

/**
 * What a failed call of the control API means to whoever typed the command. Other errors come back as they are.
 */
export function explainControlFailure(error: unknown, { url, source }: FoundControl, nameOf?: NameOf): unknown {
  if (error instanceof ControlError) return explainRefusal(error, { url, source, nameOf })
  if (!isUnreached(error)) return error
  return new CommandError(`${url} (from ${source}) cannot be reached: ${codeOf(error.cause ?? error)}`, {
    exitCode: EXIT_FAILED,
    advice: [adviceToReach(url)],
    cause: error,
  })
}

interface Asked extends Pick<FoundControl, 'url' | 'source'> {
  readonly nameOf: NameOf | undefined
}

function explainRefusal(error: ControlError, { url, source, nameOf }: Asked): CommandError {
  const { status, problems } = error
  const details = { exitCode: EXIT_FAILED, facts: { status, problems }, cause: error }
  if (problems.length === 0) {
    return new CommandError(`${url} (from ${source}) answered ${status}, and not as the control API does`, {
      ...details,
      advice: ['Something else answers there, or a service without `--control on`.'],
    })
  }
  if (status === 401) {
    return new CommandError(`The admin token is not accepted by ${url} (from ${source})`, {
      ...details,
      exitCode: exitCodeOfStatus(status),
      advice: ['It is `adminToken` of the credentials.json that the service writes when it starts.'],
    })
  }
  const message = problems.map((problem) => writeControlProblem(problem, nameOf)).join('\n')
  return new CommandError(message, {
    ...details,
    exitCode: WRONG_REQUESTS.has(status) ? EXIT_USAGE : exitCodeOfStatus(status),
  })
}

/** `fetch` only says that it failed; what it was is in the cause. A connection that breaks while it is read ends so too. */
export function isUnreached(error: unknown): error is TypeError {
  return error instanceof TypeError && /fetch failed|terminated/.test(error.message)
}
