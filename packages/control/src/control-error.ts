/** One thing that is wrong with a request. */
export interface ControlProblem {
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly source?: { readonly pointer?: string; readonly parameter?: string }
}

/** The control API refused, or what answered is none. The message says all problems; it never has the token. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number
  readonly problems: readonly ControlProblem[]

  constructor(status: number, problems: readonly ControlProblem[]) {
    super(problems.map((problem) => writeControlProblem(problem)).join('\n') || `The control API answered ${status}.`)
    this.status = status
    this.problems = problems
  }
}

/** The problem as people read it; `nameOf` words where it is, for whoever has written no JSON. */
export function writeControlProblem(
  { title, detail = title, source }: ControlProblem,
  nameOf: (at: string) => string = (at) => at,
): string {
  const at = source?.pointer ?? source?.parameter ?? ''
  return at === '' ? detail : `${nameOf(at)}: ${detail}`
}

/** The problems in the text of an answer; none when it is of another form. */
export function readProblems(text: string): readonly ControlProblem[] {
  try {
    const body: unknown = JSON.parse(text)
    const errors = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined
    return Array.isArray(errors) ? errors.filter(isProblem) : []
  } catch {
    // Not JSON: no problems of ours are in it.
    return []
  }
}

function isProblem(value: unknown): value is ControlProblem {
  return typeof value === 'object' && value !== null && 'code' in value && 'title' in value
}
