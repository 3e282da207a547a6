import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Document,
  type Node,
} from 'yaml'
import type { Place, SeedProblem } from './seed.ts'

/** A member of a mapping: its value, and its name for complaints about the name. */
export interface Member {
  readonly key: Node
  readonly value: Node
}

/** A parsed YAML file, and everything that is found wrong with it. */
export interface YamlText {
  readonly root: Node | undefined
  readonly problems: SeedProblem[]
  placeOf(node: Node | undefined): Place
  refuse(node: Node | undefined, reason: string): void
  /** Members by name; undefined, and refused, when the node is something else. `what` names it for the reader. */
  readMapping(node: Node | undefined, what: string): ReadonlyMap<string, Member> | undefined
  readList(node: Node | undefined, what: string): readonly Node[] | undefined
  /** The value as JSON. */
  readValue(node: Node | undefined): unknown
}

/** Parses YAML 1.2. Text that is not YAML yields problems and no root. */
export function openYaml(text: string): YamlText {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, version: '1.2' })
  const problems: SeedProblem[] = []

  function placeOf(node: Node | undefined): Place {
    return placeAt(lineCounter, node?.range?.[0] ?? 0)
  }

  function refuse(node: Node | undefined, reason: string): void {
    problems.push({ ...placeOf(node), reason })
  }

  for (const { message, pos } of [...document.errors, ...document.warnings]) {
    problems.push({ ...placeAt(lineCounter, pos[0]), reason: message })
  }
  visit(document, {
    Alias(_key, node, path) {
      const target = node.resolve(document)
      if (target === undefined) refuse(node, `nothing above has the anchor '&${node.source}'`)
      else if (path.includes(target)) refuse(node, `'*${node.source}' stands inside of what it repeats`)
    },
  })

  return {
    root: problems.length === 0 ? follow(document.contents ?? undefined, document) : undefined,
    problems,
    placeOf,
    refuse,
    readMapping(node, what) {
      const found = follow(node, document)
      if (!isMap<Node, Node | null>(found)) {
        refuse(node, `${what} must be a mapping (name: value), not ${describe(found)}`)
        return undefined
      }
      return new Map(
        found.items.map(({ key, value }) => [
          isScalar(key) ? String(key.value) : key.toString(),
          { key, value: follow(value ?? undefined, document) ?? nothingAt(key) },
        ]),
      )
    },
    readList(node, what) {
      const found = follow(node, document)
      if (!isSeq<Node | null>(found)) {
        refuse(node, `${what} must be a list (- item), not ${describe(found)}`)
        return undefined
      }
      return found.items.map((item) => follow(item ?? undefined, document) ?? nothingAt(found))
    },
    readValue(node) {
      const found = follow(node, document)
      try {
        return found === undefined ? null : (found.toJS(document) as unknown)
      } catch {
        // yaml's guard against aliases of aliases of aliases.
        refuse(node, 'repeats too much by aliases')
        return null
      }
    },
  }
}

function placeAt(lineCounter: LineCounter, offset: number): Place {
  const { line, col } = lineCounter.linePos(offset)
  return { line: Math.max(1, line), column: Math.max(1, col) }
}

function follow(node: Node | undefined, document: Document): Node | undefined {
  return isAlias(node) ? node.resolve(document) : node
}

/** What was left out stands where its name stands. */
function nothingAt(node: Node): Node {
  return Object.assign(new Scalar(null), { range: node.range ?? null })
}

function describe(node: Node | undefined): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  if (!isScalar(node) || node.value === null) return 'nothing'
  return `'${String(node.value)}'`
}
