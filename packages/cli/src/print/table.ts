import getTruncatedWidth from 'fast-string-truncated-width'
import type { Paint } from './paint.ts'
import { showText } from './show-text.ts'

/** One column of a table, or one field of a list of fields. `T` is what a line shows. */
export interface Column<T> {
  readonly title: string
  readonly text: (line: T) => string | null | undefined
  /** Shown in full whatever the width: ids and such, which are copied. */
  readonly whole?: true
  /** Left out where the table does not fit otherwise: the id of what goes by another name. */
  readonly spare?: true
}

export interface Paper {
  /** Columns of the terminal; undefined when nothing is cut. */
  readonly width: number | undefined
  readonly paint: Paint
}

const GAP = '  '
const ELLIPSIS = '…'
/** A column is never made narrower than this to fit. */
const LEAST_WIDTH = 8

/**
 * Lines under titles, columns as wide as their widest text. Where the width of the paper is known, columns that can be
 * spared are left out to fit it, and then texts are cut.
 */
export function writeTable<T>(columns: readonly Column<T>[], lines: readonly T[], { width, paint }: Paper): string {
  const all = columns.map((column) => measure(column, lines))
  const isTooWide = width !== undefined && widthOfRow(all.map(({ natural }) => natural)) > width
  const shown = isTooWide ? all.filter(({ spare }) => spare !== true) : all
  const widths = isTooWide ? fit(shown, width) : shown.map(({ natural }) => natural)
  const titles = shown.map(({ title }, at) => paint.strong(cut(title, widths[at] ?? 0)))
  const rows = lines.map((_line, row) => shown.map(({ cells }, at) => cut(cells[row] ?? '', widths[at] ?? 0)))
  return [titles, ...rows].map((row) => `${joinCells(row, widths)}\n`).join('')
}

interface MeasuredColumn {
  readonly title: string
  readonly whole?: true
  readonly spare?: true
  readonly cells: readonly string[]
  /** How wide it is when nothing is cut. */
  readonly natural: number
}

function measure<T>(column: Column<T>, lines: readonly T[]): MeasuredColumn {
  const cells = lines.map((line) => showText(column.text(line) || '-'))
  return { ...column, cells, natural: Math.max(...[column.title, ...cells].map(widthOf)) }
}

function widthOfRow(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1)
}

/** Names with their values, one under the other; what has no value is left out. */
export function writeFields<T>(fields: readonly Column<T>[], subject: T, { paint }: Paper): string {
  const shown = fields.flatMap(({ title, text }) => {
    const value = text(subject)
    return value ? [[title, value] as const] : []
  })
  const width = Math.max(...shown.map(([title]) => widthOf(title)))
  return shown
    .map(([title, value]) => `${paint.strong(title)}${' '.repeat(width - widthOf(title))}${GAP}${showText(value)}\n`)
    .join('')
}

function joinCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - widthOf(cell))))
    .join(GAP)
    .trimEnd()
}

/** Takes what is too much from the widest columns first. */
function fit(columns: readonly MeasuredColumn[], width: number): readonly number[] {
  const widths = columns.map(({ natural }) => natural)
  let excess = widthOfRow(widths) - width
  while (excess > 0) {
    const candidates = widths.map((each, at) => (columns[at]?.whole === true ? 0 : each))
    const widest = Math.max(...candidates)
    if (widest <= LEAST_WIDTH) return widths
    widths[candidates.indexOf(widest)] = widest - 1
    excess--
  }
  return widths
}

/** Cut between characters as people see them. The library's own cutting miscounts behind some, such as `ー`. */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment + ELLIPSIS) > width) break
    kept += segment
  }
  return kept + ELLIPSIS
}

/** Columns on a terminal: two for East Asian characters and emoji, none for colours. */
function widthOf(text: string): number {
  return getTruncatedWidth(text).width
}
