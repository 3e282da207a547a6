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
  type Node as YamlNode,
} from 'yaml'
import type { FileProblem, Place } from './problem.ts'

export type { YamlNode }

/** A member of a mapping: its value, and its name for complaints about the name. */
export interface Member {
  readonly key: YamlNode
  readonly value: YamlNode
}

/** A parsed YAML file, and everything that is found wrong with it. */
export interface YamlText {
  /** When it is not, the problems say why, and there is nothing to read. */
  readonly isYaml: boolean
  readonly root: YamlNode | undefined
  readonly problems: FileProblem[]
  placeOf(node: YamlNode | undefined): Place
  /** Where a character of a text stands, counted from 0; where the text begins, when it is written with escapes or folded. */
  placeWithin(node: YamlNode | undefined, index: number): Place
  refuse(node: YamlNode | undefined, reason: string): void
  /** Members by name; undefined, and refused, when the node is something else. `what` names it for the reader. */
  readMapping(node: YamlNode | undefined, what: string): ReadonlyMap<string, Member> | undefined
  readList(node: YamlNode | undefined, what: string): readonly YamlNode[] | undefined
  /** The value as JSON. */
  readValue(node: YamlNode | undefined): unknown
}

/** Parses YAML 1.2. A member that stands twice is a problem, and the rest of the file is read all the same. */
export function openYaml(text: string): YamlText {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, uniqueKeys: false, version: '1.2' })
  const problems: FileProblem[] = []

  function placeOf(node: YamlNode | undefined): Place {
    return placeAt(lineCounter, node?.range?.[0] ?? 0)
  }

  function refuse(node: YamlNode | undefined, reason: string): void {
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
  const isYaml = problems.length === 0
  visit(document, {
    Map(_key, { items }) {
      const names = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (names.has(key.value)) refuse(key, `'${String(key.value)}' stands twice in this mapping`)
        names.add(key.value)
      }
    },
  })

  return {
    isYaml,
    root: isYaml ? follow(document.contents ?? undefined, document) : undefined,
    problems,
    placeOf,
    placeWithin(node, index) {
      const begin = node?.range?.[0]
      if (begin === undefined || !isScalar(node)) return placeOf(node)
      const first = node.type === Scalar.PLAIN ? begin : begin + 1
      const asWritten = String(node.value)
      const isLiteral = text.slice(first, first + asWritten.length) === asWritten
      return placeAt(lineCounter, isLiteral ? first + index : begin)
    },
    refuse,
    readMapping(node, what) {
      const found = follow(node, document)
      if (!isMap<YamlNode, YamlNode | null>(found)) {
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
      if (!isSeq<YamlNode | null>(found)) {
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

function follow(node: YamlNode | undefined, document: Document): YamlNode | undefined {
  return isAlias(node) ? node.resolve(document) : node
}

/** What was left out stands where its name stands. */
function nothingAt(node: YamlNode): YamlNode {
  return Object.assign(new Scalar(null), { range: node.range ?? null })
}

function describe(node: YamlNode | undefined): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  if (!isScalar(node) || node.value === null) return 'nothing'
  return `'${String(node.value)}'`
}
