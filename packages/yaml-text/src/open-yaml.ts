import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type Node as YamlNode,
  type YAMLError,
} from 'yaml'
import { didYouMean } from './did-you-mean.ts'
import { explainMissingSpace, explainMistake, findConflict, type ExplainedMistake } from './explain-mistake.ts'
import { complainOfLength, hasMoreRepeatsThan, type Limits } from './limits.ts'
import type { FileProblem, Place } from './problem.ts'
import { quoteStart } from './quote-start.ts'

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
  /** Refuses members of other names than the known ones. `where` names the mapping for the reader. */
  refuseUnknown(members: ReadonlyMap<string, Member>, known: readonly string[], where: string): void
  readList(node: YamlNode | undefined, what: string): readonly YamlNode[] | undefined
  /** The value as JSON. */
  readValue(node: YamlNode | undefined): unknown
}

/**
 * Parses YAML 1.2. A member that stands twice is a problem, and the rest of the file is read all the same. What is beyond the
 * limits, where there are any, is not read at all.
 */
export function openYaml(text: string, limits?: Limits): YamlText {
  const lineCounter = new LineCounter()
  const unreadable = text.includes('\0') ? 'the file is no text in UTF-8' : limits && complainOfLength(text, limits)
  const document = parseDocument(unreadable === undefined ? text : '', {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    version: '1.2',
  })
  const problems: FileProblem[] = []
  const targets = new Map<YamlNode, YamlNode>()

  function follow(node: YamlNode | undefined): YamlNode | undefined {
    return isAlias(node) ? targets.get(node) : node
  }

  function placeOf(node: YamlNode | undefined): Place {
    return placeAt(lineCounter, node?.range?.[0] ?? 0)
  }

  function refuse(node: YamlNode | undefined, reason: string): void {
    problems.push({ ...placeOf(node), reason })
  }

  if (unreadable !== undefined) refuse(undefined, unreadable)
  const mistakes = withoutFollowing([...document.errors, ...document.warnings])
  const conflict = mistakes.length === 0 ? undefined : findConflict(text)
  const explained = conflict === undefined ? explainMistakes(text, mistakes) : [conflict]
  for (const { offset, reason } of explained) problems.push({ ...placeAt(lineCounter, offset), reason })
  // Looked up in one walk: the library walks the whole document for each alias.
  const anchored = new Map<string, YamlNode>()
  const remember = (_key: unknown, node: YamlNode & { readonly anchor?: string }): void => {
    if (node.anchor !== undefined) anchored.set(node.anchor, node)
  }
  visit(document, {
    Value: remember,
    Alias(_key, node, path) {
      const target = anchored.get(node.source)
      if (target !== undefined) targets.set(node, target)
      if (target === undefined) refuse(node, `nothing above has the anchor '&${node.source}'`)
      else if (path.includes(target)) refuse(node, `'*${node.source}' stands inside of what it repeats`)
    },
  })
  if (limits !== undefined && problems.length === 0 && hasMoreRepeatsThan(limits.repeats, document.contents, follow))
    refuse(document.contents ?? undefined, `the aliases of the file repeat more than ${limits.repeats} values`)
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
    root: isYaml ? follow(document.contents ?? undefined) : undefined,
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
      const found = follow(node)
      if (!isMap<YamlNode, YamlNode | null>(found)) {
        const missingSpace = isScalar(found) && explainMissingSpace(text, found.range?.[0] ?? 0)
        if (missingSpace) problems.push({ ...placeAt(lineCounter, missingSpace.offset), reason: missingSpace.reason })
        else refuse(node, `${what} must be a mapping (name: value), not ${describe(found)}`)
        return undefined
      }
      return new Map(
        found.items.map(({ key, value }) => [
          isScalar(key) ? String(key.value) : key.toString(),
          { key, value: follow(value ?? undefined) ?? nothingAt(key) },
        ]),
      )
    },
    refuseUnknown(members, known, where) {
      for (const [name, { key }] of members) {
        if (!known.includes(name)) refuse(key, `'${name}' is not a member of ${where}.${didYouMean(name, known)}`)
      }
    },
    readList(node, what) {
      const found = follow(node)
      if (!isSeq<YamlNode | null>(found)) {
        refuse(node, `${what} must be a list (- item), not ${describe(found)}`)
        return undefined
      }
      return found.items.map((item) => follow(item ?? undefined) ?? nothingAt(found))
    },
    readValue(node) {
      const found = follow(node)
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

/** What was left out stands where its name stands. */
function nothingAt(node: YamlNode): YamlNode {
  return Object.assign(new Scalar(null), { range: node.range ?? null })
}

/** What the library says of every sign behind a mistake that made it lose its way. */
const FOLLOWS = / token in YAML stream/

function withoutFollowing(mistakes: readonly YAMLError[]): readonly YAMLError[] {
  const first = mistakes.filter(({ message }) => !FOLLOWS.test(message))
  return first.length === 0 ? mistakes.slice(0, 1) : first
}

/** An explanation may read the whole text, and nobody reads more of them. */
const MOST_EXPLAINED = 20

function explainMistakes(text: string, mistakes: readonly YAMLError[]): readonly ExplainedMistake[] {
  return mistakes.map((mistake, index) =>
    index < MOST_EXPLAINED ? explainMistake(text, mistake) : { offset: mistake.pos[0], reason: mistake.message },
  )
}

function describe(node: YamlNode | undefined): string {
  if (isMap(node)) return 'a mapping'
  if (isSeq(node)) return 'a list'
  if (!isScalar(node) || node.value === null) return 'nothing'
  return quoteStart(String(node.value))
}
