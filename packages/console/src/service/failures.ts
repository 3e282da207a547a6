import { ApiError, ConnectionError, TimeoutError, type Problem } from '@clipflight/client'
import { ControlError, type ControlProblem } from '@clipflight/control/client'

/** The status that a failed call was answered with; undefined when there was no answer. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ApiError || error instanceof ControlError ? error.status : undefined
}

/** Everything that the service found wrong with a call. */
export function problemsOf(error: unknown): readonly Problem[] {
  if (error instanceof ControlError) return error.problems.map(toProblem)
  return error instanceof ApiError ? error.problems : []
}

function toProblem({ source, ...problem }: ControlProblem): Problem {
  const { pointer } = source ?? {}
  return { ...problem, ...(pointer === undefined ? {} : { pointer }) }
}

/** What is wrong, in the service's own words. */
export function textOf({ detail, title }: Problem): string {
  return detail ?? title
}

/** What the service found wrong with one part of what was sent; undefined where it found nothing. */
export function problemAt(error: unknown, pointer: string): string | undefined {
  const found = problemsOf(error).find((problem) => problem.pointer === pointer)
  return found === undefined ? undefined : textOf(found)
}

/** Whether the service did not answer. */
export function isUnreachable(error: unknown): boolean {
  // `fetch` and `import` have nothing better for a connection that fails.
  if (error instanceof ConnectionError || error instanceof TimeoutError || error instanceof TypeError) return true
  // Vite's word for a stylesheet that did not come.
  return error instanceof Error && error.message.startsWith('Unable to preload CSS')
}
