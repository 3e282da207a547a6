import type { YAMLError } from 'yaml'
import { explainIndentation, explainTab } from './explain-indentation.ts'
import { isShort, quoteStart } from './quote-start.ts'
import { endOfLine, startOfLine } from './text-lines.ts'

/** A mistake in the words of somebody who writes YAML by hand, at the place where it was made. */
export interface ExplainedMistake {
  /** Counted from 0. */
  readonly offset: number
  readonly reason: string
}

type Explain = (text: string, offset: number, message: string) => ExplainedMistake | undefined

/**
 * By the message, as the library has one code for several mistakes. What is in none of these keeps the library's words, and so
 * does what turns out to be something else.
 */
const EXPLANATIONS: readonly (readonly [RegExp, Explain])[] = [
  [/^Tabs are not allowed/, explainTab],
  [/^(?:Nested mappings are not allowed|Block collections are not allowed within flow)/, explainMappingInLine],
  [/^(?:Implicit keys need to be|Implicit map keys need to be)/, explainName],
  [/^(?:A block sequence may not be|All (?:mapping|sequence) items must|Sequence item without -)/, explainIndentation],
  [/^(?:Plain value cannot start|Unresolved tag: )/, explainFirstCharacter],
  [/^Unexpected scalar at node end/, explainEarlyEnd],
  [/^Missing closing ["']quote/, explainOpenQuote],
  [/^Flow (?:map|sequence) .*must .*end with/, explainOpenBracket],
  [/^Source contains multiple documents/, explainDocuments],
]

export function explainMistake(text: string, { message, pos }: YAMLError): ExplainedMistake {
  const explain = EXPLANATIONS.find(([pattern]) => pattern.test(message))?.[1]
  return explain?.(text, pos[0], message) ?? { offset: pos[0], reason: message }
}

const CONFLICT = /^(?:<{7}|>{7}) /m

/** Marks that git leaves in a file. All else that is wrong with such a file follows from them. */
export function findConflict(text: string): ExplainedMistake | undefined {
  const offset = text.search(CONFLICT)
  if (offset === -1) return undefined
  return { offset, reason: 'here is a conflict that git left: keep one side, and none of the lines of <, = and >' }
}

/** Such as `en-US: Coffee: now`, or a line that stands further in than `en-US: Coffee` above it. */
function explainMappingInLine(text: string, offset: number): ExplainedMistake | undefined {
  return (
    explainMissingSpace(text, offset) ??
    explainColon(text, offset) ??
    explainIndentation(text, endOfLine(text, offset) + 1)
  )
}

function explainColon(text: string, offset: number): ExplainedMistake | undefined {
  const value = valueAt(text, offset)
  if (!/:(?:\s|$)/.test(value)) return undefined
  return { offset, reason: `a text with a colon in it must be in quotes${example(value)}` }
}

/** What stands where a name is expected. */
function explainName(text: string, offset: number): ExplainedMistake | undefined {
  const missingSpace = explainMissingSpace(text, offset)
  if (missingSpace !== undefined) return missingSpace
  const before = text.slice(startOfLine(text, offset), offset)
  const isOwnLine = before.trim() === ''
  const indentation = isOwnLine
    ? text.startsWith('- ', offset) && explainIndentation(text, offset)
    : explainIndentation(text, endOfLine(text, offset) + 1)
  if (indentation) return indentation
  return { offset, reason: `'name: value' is expected here, and not ${quoteStart(valueAt(text, offset))}` }
}

/** Such as `en-US:Coffee` and `-url: …`. */
export function explainMissingSpace(text: string, offset: number): ExplainedMistake | undefined {
  const start = startOfLine(text, offset)
  const line = text.slice(start, endOfLine(text, offset))
  const [, indentation = '', sign] = /^( *(?:- +)?)(-(?=\w)|[\w-]+:(?=[^\s/]))/.exec(line) ?? []
  if (sign === undefined) return undefined
  return { offset: start + indentation.length, reason: `a space is missing behind ${quoteStart(sign)}` }
}

function explainFirstCharacter(text: string, offset: number): ExplainedMistake {
  const value = valueAt(text, offset)
  return { offset, reason: `a text that begins with ${value.charAt(0)} must be in quotes${example(value)}` }
}

/** Such as `en-US: "Coffee" now`, of which YAML takes `"Coffee"`. */
function explainEarlyEnd(text: string, offset: number): ExplainedMistake | undefined {
  const start = startOfLine(text, offset)
  const [name = ''] = /^ *(?:- +)?[^:\s]+: +/.exec(text.slice(start, offset)) ?? []
  const at = start + name.length
  const value = valueAt(text, at)
  if (value.startsWith('*')) return explainFirstCharacter(text, at)
  if (!/^["'[{]/.test(value)) return explainIndentation(text, offset)
  const [, inner = value] = /^(["'])(.*)\1$/.exec(value)?.slice(1) ?? []
  return {
    offset: at,
    reason: `the text goes on behind its quote or bracket: put all of it in quotes${example(inner)}`,
  }
}

function explainOpenQuote(text: string, offset: number, message: string): ExplainedMistake {
  const opening = text.lastIndexOf(message.includes('"') ? '"' : "'", offset - 1)
  return { offset: opening, reason: 'the quote that begins here does not end' }
}

function explainOpenBracket(text: string, offset: number, message: string): ExplainedMistake {
  const bracket = message.includes('}') ? '{' : '['
  const reason = `the ${bracket} that begins here does not end; a text that begins with it must be in quotes`
  return { offset: text.lastIndexOf(bracket, offset - 1), reason }
}

function explainDocuments(_text: string, offset: number): ExplainedMistake {
  return { offset, reason: `here begins another document ('---'), and a file has one` }
}

/** From there to the end of the line, without a comment; in brackets, to the end of the item. */
function valueAt(text: string, offset: number): string {
  const isInBrackets = /[[{]/.test(text.slice(startOfLine(text, offset), offset))
  const line = text.slice(offset, endOfLine(text, offset)).replace(/\s#.*$/, '')
  return (isInBrackets ? line.replace(/[,\]}].*$/, '') : line).trim()
}

/** The text in quotes, for copying; nothing where it is long. */
function example(text: string): string {
  if (!isShort(text)) return ''
  return /["\\]/.test(text) ? `: '${text.replaceAll("'", "''")}'` : `: "${text}"`
}
