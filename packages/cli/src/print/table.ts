import getTruncatedWidth from 'fast-string-truncated-width'
import { stripVTControlCharacters } from 'node:util'
import type { Style } from './style.ts'

/** One column of a table. `T` is what a line shows. */
export interface Column<T> {
  readonly title: string
  readonly text: (line: T) => string | null | undefined
  /** Shown in full whatever the width: ids and such, which are copied. */
  readonly whole?: true
}

export interface Paper {
  /** Columns of the terminal; undefined when nothing is cut. */
  readonly width: number | undefined
  readonly style: Style
}

const GAP = '  '
const ELLIPSIS = '…'
/** A column is never made narrower than this to fit. */
const LEAST_WIDTH = 8

/** Lines under titles, columns as wide as their widest text, cut to the width of the paper where that is known. */
export function renderTable<T>(columns: readonly Column<T>[], lines: readonly T[], { width, style }: Paper): string {
  const cells = lines.map((line) => columns.map(({ text }) => toCell(text(line))))
  const natural = columns.map(({ title }, at) =>
    Math.max(...[title, ...cells.map((row) => row[at] ?? '')].map(widthOf)),
  )
  const widths = width === undefined ? natural : fit(columns, natural, width)
  const rows = cells.map((row) => row.map((cell, at) => cut(cell, widths[at] ?? 0)))
  const titles = columns.map(({ title }, at) => style('bold', cut(title, widths[at] ?? 0)))
  return [titles, ...rows].map((row) => `${joinCells(row, widths)}\n`).join('')
}

/** Names with their values, one under the other; what has no value is left out. */
export function renderFields<T>(fields: readonly Column<T>[], subject: T, { style }: Paper): string {
  const shown = fields.flatMap(({ title, text }) => {
    const value = text(subject)
    return value === undefined || value === null || value === '' ? [] : [[title, value] as const]
  })
  const width = Math.max(...shown.map(([title]) => widthOf(title)))
  const indent = ' '.repeat(width + GAP.length)
  return shown
    .map(([title, value]) => {
      const text = value.split('\n').map(clean).join(`\n${indent}`)
      return `${style('bold', title)}${' '.repeat(width - widthOf(title))}${GAP}${text}\n`
    })
    .join('')
}

function toCell(text: string | null | undefined): string {
  return text === null || text === undefined || text === '' ? '-' : clean(text)
}

/** What a service answers may hold control characters, which would move the cursor or colour the terminal. */
function clean(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return stripVTControlCharacters(text).replaceAll(/[\u0000-\u001F\u007F-\u009F]/g, ' ')
}

function joinCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell))))
    .join(GAP)
    .trimEnd()
}

/** Takes what is too much from the widest columns first. */
function fit(columns: readonly Column<never>[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural]
  const available = width - GAP.length * (columns.length - 1)
  let excess = widths.reduce((sum, each) => sum + each, 0) - available
  while (excess > 0) {
    const candidates = widths.map((each, at) => (columns[at]?.whole === true ? 0 : each))
    const widest = Math.max(...candidates)
    if (widest <= LEAST_WIDTH) return widths
    widths[candidates.indexOf(widest)] = widest - 1
    excess--
  }
  return widths
}

function cut(text: string, width: number): string {
  const { ellipsed, index } = getTruncatedWidth(text, { limit: width, ellipsis: ELLIPSIS, ellipsisWidth: 1 })
  return ellipsed ? `${text.slice(0, index)}${ELLIPSIS}` : text
}

/** Columns on a terminal: two for East Asian characters and emoji, none for colours. */
export function widthOf(text: string): number {
  return getTruncatedWidth(text).width
}
