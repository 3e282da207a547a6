/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One thing that is wrong with a file. */
export interface FileProblem extends Place {
  readonly reason: string
}

/** A line per problem, in the order of the file: `team.yaml:7:22: reason`. What an alias repeats is said once. */
export function writeProblems(fileName: string, problems: readonly FileProblem[]): string {
  const lines = problems
    .toSorted((one, other) => one.line - other.line || one.column - other.column)
    .map(({ line, column, reason }) => `${fileName}:${line}:${column}: ${reason}`)
  return [...new Set(lines)].join('\n')
}
