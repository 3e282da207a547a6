/** What a tester sees of a build besides its invocations, by what it is called. */
export type BuildFacts = Readonly<Record<string, string>>

export interface FactChange {
  readonly what: string
  /** Missing where the first has none. */
  readonly before?: string
  readonly after?: string
}

/** In which facts two builds differ, in the order of the first. */
export function compareFacts(first: BuildFacts, second: BuildFacts): readonly FactChange[] {
  return [...new Set([...Object.keys(first), ...Object.keys(second)])].flatMap((what) => {
    const [before, after] = [first[what], second[what]]
    if (before === after) return []
    return [{ what, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
  })
}
