import { EXIT_FAILED, EXIT_NOT_AUTHORISED, EXIT_NOT_FOUND, EXIT_USAGE } from './exit-codes.ts'

interface Details {
  readonly exitCode: number
  /** What to do next, a line each. */
  readonly advice?: readonly string[] | undefined
  /** The same for programs: status, problems and the like. Part of the error as JSON. */
  readonly facts?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/** A verb cannot do what it was asked, for a reason that was foreseen. The message says what and where. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: number
  readonly advice: readonly string[]
  readonly facts: Readonly<Record<string, unknown>>

  constructor(message: string, { exitCode, advice = [], facts = {}, cause }: Details) {
    super(message, { cause })
    this.exitCode = exitCode
    this.advice = advice
    this.facts = facts
  }
}

export function failed(message: string, ...advice: string[]): CommandError {
  return new CommandError(message, { exitCode: EXIT_FAILED, advice })
}

export function wrongUsage(message: string, ...advice: string[]): CommandError {
  return new CommandError(message, { exitCode: EXIT_USAGE, advice })
}

export function notAuthorised(message: string, ...advice: string[]): CommandError {
  return new CommandError(message, { exitCode: EXIT_NOT_AUTHORISED, advice })
}

export function notFound(message: string, ...advice: string[]): CommandError {
  return new CommandError(message, { exitCode: EXIT_NOT_FOUND, advice })
}

/** Such as `ENOENT`, for a sentence about a file. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.message : String(error)
}
