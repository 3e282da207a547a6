import type { ExplainedMistake } from './explain-mistake.ts'
import { quoteStart } from './quote-start.ts'
import { startOfLine } from './text-lines.ts'

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

/**
 * For a line that begins in a column of its own: the one there, or the first behind it that is not blank. Which line it was to
 * stand beside is only known to whoever wrote it, so the nearest is named.
 */
export function explainIndentation(text: string, offset: number): ExplainedMistake | undefined {
  const lines = text.split('\n')
  const first = text.slice(0, startOfLine(text, offset)).split('\n').length - 1
  const index = lines.findIndex((line, each) => each >= first && readLine(line) !== undefined)
  const line = readLine(lines[index] ?? '')
  if (line === undefined) return undefined
  const column = line.indentation + 1
  const neighbour = nearest(column, neighboursAbove(lines.slice(0, index), line.dash !== ''))
  if (neighbour === undefined || neighbour.column === column) return undefined
  const start = lines.slice(0, index).reduce((sum, { length }) => sum + length + 1, 0)
  return {
    offset: start + line.indentation,
    reason: `the indentation is wrong: to stand beside ${quoteStart(neighbour.name)} of line ${neighbour.line}, this line must begin in column ${neighbour.column}`,
  }
}

/** From the nearest line on, those that nothing between has ended. */
function neighboursAbove(lines: readonly string[], isItem: boolean): readonly Neighbour[] {
  const found: Neighbour[] = []
  let innermost = Infinity
  for (const [index, text] of [...lines.entries()].toReversed()) {
    const line = readLine(text)
    if (line === undefined) continue
    const { indentation, dash, name } = line
    const column = isItem ? indentation : indentation + dash.length
    const isPossible = column < innermost && (!isItem || dash !== '')
    if (isPossible) found.push({ line: index + 1, column: column + 1, name: isItem ? `- ${name}` : name })
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
