/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One thing that is wrong with a file. */
export interface FileProblem extends Place {
  readonly reason: string
}

/** What is quoted is not for reading from there on, and may be a file that was never meant to be shown. */
const LONGEST_REASON = 400
/** More at once are no help to anybody. */
const MOST_LINES = 200

/** In the order of the file, and what an alias repeats once. What a reason quotes is cut where it is long. */
export function sortProblems(problems: readonly FileProblem[]): readonly FileProblem[] {
  const cut = problems.map((problem) => ({ ...problem, reason: cutReason(problem.reason) }))
  const different = new Map(cut.map((problem) => [`${problem.line}:${problem.column}:${problem.reason}`, problem]))
  return [...different.values()].toSorted((one, other) => one.line - other.line || one.column - other.column)
}

/** A line per problem, as `sortProblems` has them: `team.yaml:7:22: reason`. */
export function writeProblems(fileName: string, problems: readonly FileProblem[]): string {
  const sorted = sortProblems(problems)
  const lines = sorted
    .slice(0, MOST_LINES)
    // What a reason quotes may have lines of its own, which would pass for lines of ours.
    .map(({ line, column, reason }) => `${fileName}:${line}:${column}: ${reason.replaceAll(/\r?\n/g, '\\n')}`)
  return [...lines, ...(sorted.length > MOST_LINES ? [`and ${sorted.length - MOST_LINES} more`] : [])].join('\n')
}

function cutReason(reason: string): string {
  return reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason
}
