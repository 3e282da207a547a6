/** One value of an untrusted JSON document. What is not as expected is a problem, and reading goes on. */
export interface JsonReader {
  readonly value: unknown
  /** Of the whole document, each beginning with where it is: `bundles/0/app`. */
  readonly problems: readonly string[]
  /** The member of that name; its value is undefined where there is none. */
  member(name: string): JsonReader
  members(): readonly (readonly [string, JsonReader])[]
  list(): readonly JsonReader[]
  text(): string
  oneOf<const T extends string>(words: readonly T[]): T | undefined
}

export function openJson(document: unknown): JsonReader {
  const problems: string[] = []

  function at(path: readonly (string | number)[], value: unknown): JsonReader {
    function refuse(expected: string): void {
      problems.push(`${path.length === 0 ? 'the document' : path.join('/')} must be ${expected}`)
    }
    const entries = isObject(value) ? Object.entries(value) : []
    return {
      value,
      problems,
      member: (name) => at([...path, name], entries.find(([known]) => known === name)?.[1]),
      members() {
        if (!isObject(value)) refuse('an object')
        return entries.map(([name, each]) => [name, at([...path, name], each)])
      },
      list() {
        if (Array.isArray(value)) return value.map((each: unknown, index) => at([...path, index], each))
        refuse('a list')
        return []
      },
      text() {
        if (typeof value === 'string') return value
        refuse('text')
        return ''
      },
      oneOf(words) {
        const word = words.find((known) => known === value)
        if (word === undefined) refuse(`one of ${words.join(', ')}`)
        return word
      },
    }
  }

  return at([], document)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
