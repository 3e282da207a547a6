import type { ExplainedMistake } from './explain-mistake.ts'
import { quoteStart } from './quote-start.ts'
import { endOfLine, startOfLine } from './text-lines.ts'

/** A line that another one can stand beside. */
interface Neighbour {
  /** Both count from 1. */
  readonly line: number
  readonly column: number
  readonly name: string
}

interface Line {
  readonly indentation: number
  /** `- ` with what follows it up to the name; nothing where the line is no item. */
  readonly dash: string
  readonly name: string
}

/** In characters: a file whose lines are all wrong is not read again and again. */
const MOST_ABOVE = 50_000

/**
 * For a line that begins in a column of its own: the one there, or the first behind it that is not blank. Which line it was to
 * stand beside is only known to whoever wrote it, so the nearest is named.
 */
export function explainIndentation(text: string, offset: number): ExplainedMistake | undefined {
  const start = startOfContent(text, startOfLine(text, offset))
  const source = text.slice(start, endOfLine(text, start))
  const tab = /^ *(?=\t)/.exec(source)?.[0]
  if (tab !== undefined) return explainTab(text, start + tab.length)
  const line = readLine(source)
  if (line === undefined) return undefined
  const column = line.indentation + 1
  const neighbour = nearest(column, neighboursAbove(text, start, line.dash !== ''))
  if (neighbour === undefined || neighbour.column === column) return undefined
  return {
    offset: start + line.indentation,
    reason: `the indentation is wrong: to stand beside ${quoteStart(neighbour.name)} of line ${neighbour.line}, this line must begin in column ${neighbour.column}`,
  }
}

export function explainTab(_text: string, offset: number): ExplainedMistake {
  return { offset, reason: 'here is a tab, and only spaces may stand in front of a line: replace it by spaces' }
}

/** Of the first line from there on that is neither blank nor a comment; the end of the text where there is none. */
function startOfContent(text: string, start: number): number {
  const content = /^[ \t]*[^\s#]/gm
  content.lastIndex = start
  return content.exec(text)?.index ?? text.length
}

/** From the nearest line on, those that nothing between has ended. */
function neighboursAbove(text: string, start: number, isItem: boolean): readonly Neighbour[] {
  const found: Neighbour[] = []
  const lines = text.slice(startOfLine(text, Math.max(0, start - MOST_ABOVE)), start).split('\n')
  const lastNumber = text.slice(0, start).split('\n').length
  let innermost = Infinity
  for (const [back, each] of lines.toReversed().entries()) {
    const line = readLine(each)
    if (line === undefined) continue
    const { indentation, dash, name } = line
    const column = isItem ? indentation : indentation + dash.length
    const isPossible = column < innermost && (!isItem || dash !== '')
    if (isPossible) found.push({ line: lastNumber - back, column: column + 1, name: isItem ? `- ${name}` : name })
    innermost = Math.min(innermost, indentation)
  }
  return found
}

function nearest(column: number, neighbours: readonly Neighbour[]): Neighbour | undefined {
  const distance = (each: Neighbour): number => Math.abs(each.column - column)
  return neighbours.toSorted((one, other) => distance(one) - distance(other))[0]
}

/** Undefined for a line that is blank or a comment. */
function readLine(text: string): Line | undefined {
  const [, spaces = '', dash = '', name = ''] = /^( *)((?:- +)?)([^\s#:][^:]*)/.exec(text) ?? []
  return name === '' ? undefined : { indentation: spaces.length, dash, name: name.trim() }
}
