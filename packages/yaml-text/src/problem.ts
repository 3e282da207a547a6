/** Where something stands in a file; both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** One thing that is wrong with a file. */
export interface FileProblem extends Place {
  readonly reason: string
}

/** In the order of the file, and what an alias repeats once. */
export function sortProblems(problems: readonly FileProblem[]): readonly FileProblem[] {
  const different = new Map(problems.map((problem) => [`${problem.line}:${problem.column}:${problem.reason}`, problem]))
  return [...different.values()].toSorted((one, other) => one.line - other.line || one.column - other.column)
}

/** A line per problem, as `sortProblems` has them: `team.yaml:7:22: reason`. */
export function writeProblems(fileName: string, problems: readonly FileProblem[]): string {
  return sortProblems(problems)
    .map(({ line, column, reason }) => `${fileName}:${line}:${column}: ${reason}`)
    .join('\n')
}
