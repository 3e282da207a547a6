import { operationNamed, operationNames, type OperationName } from './operations.ts'

/** The operation that a method and a path ask for, or the methods that the path has. */
export type MatchedOperation =
  | { readonly name: OperationName; readonly params: Readonly<Record<string, string>> }
  | { readonly methods: readonly string[] }

const templates = operationNames
  .map((name) => {
    const { method, path } = operationNamed(name)
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter = '']) => parameter)
    return { name, method, names, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '([^/]+)')}$`) }
  })
  // `/faults/presets` before `/faults/{fault}`.
  .toSorted((one, other) => one.names.length - other.names.length)

/** `path` is what stands behind `CONTROL_PATH`. Undefined when no operation is there under any method. */
export function matchOperation(method: string, path: string): MatchedOperation | undefined {
  const here = templates.flatMap((template) => {
    const found = template.pattern.exec(path)
    return found === null ? [] : [{ ...template, values: found.slice(1) }]
  })
  const asked = here.find((each) => each.method === method)
  if (asked !== undefined) {
    const params = Object.fromEntries(asked.names.map((name, index) => [name, decode(asked.values[index] ?? '')]))
    return { name: asked.name, params }
  }
  return here.length === 0 ? undefined : { methods: here.map((each) => each.method) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Not percent-encoding: it is looked at as it is, and refused as what it is not.
    return text
  }
}
