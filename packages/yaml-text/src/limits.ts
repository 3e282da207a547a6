import { isAlias, isCollection, isPair, type Node as YamlNode } from 'yaml'

/** What a text from elsewhere may cost to read, where others wait meanwhile. */
export interface Limits {
  /** Lines that are blank or a comment. */
  readonly emptyLines: number
  /** Signs of the language: line ends, commas, brackets, quotes and the like. */
  readonly signs: number
  /** Values that aliases repeat. */
  readonly repeats: number
}

const EMPTY_LINE = /^[ \t]*(?:#.*)?$/gm
const SIGN = /[\n,[{&*!"'\\]|[-?:] /g

/** What is too much about a text before it is parsed; undefined when nothing is. */
export function complainOfLength(text: string, { emptyLines, signs }: Limits): string | undefined {
  if (hasMoreThan(emptyLines, EMPTY_LINE, text))
    return `the file has more than ${emptyLines} lines that are blank or a comment`
  if (hasMoreThan(signs, SIGN, text))
    return `the file has more than ${signs} lines, items, quotes and other signs of YAML`
  return undefined
}

/** Whether the aliases of a document repeat more values than that. None may be within what it repeats. */
export function hasMoreRepeatsThan(
  most: number,
  root: YamlNode | null,
  follow: (node: YamlNode | undefined) => YamlNode | undefined,
): boolean {
  const counted = new Map<YamlNode, number>()
  let written = 0
  function count(node: unknown): number {
    if (isPair<YamlNode | null, YamlNode | null>(node)) return count(node.key) + count(node.value)
    written += 1
    if (isAlias(node)) {
      const target = follow(node)
      return (target && counted.get(target)) ?? 1
    }
    if (!isCollection(node)) return 1
    const total = node.items.reduce<number>((sum, item) => sum + count(item), 1)
    // What is repeated stands before its aliases.
    counted.set(node, total)
    return total
  }
  return count(root) - written > most
}

function hasMoreThan(most: number, pattern: RegExp, text: string): boolean {
  let found = 0
  for (const _ of text.matchAll(pattern)) {
    found += 1
    if (found > most) return true
  }
  return false
}
