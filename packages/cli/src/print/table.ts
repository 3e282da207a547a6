import getTruncatedWidth from 'fast-string-truncated-width'
import type { Paint } from './paint.ts'
import { showText } from './show-text.ts'

/** One column of a table, or one field of a list of fields. `T` is what a line shows. */
export interface Column<T> {
  readonly title: string
  readonly text: (line: T) => string | null | undefined
  /** Shown in full whatever the width: ids and such, which are copied. */
  readonly whole?: true
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

/** Lines under titles, columns as wide as their widest text, cut to the width of the paper where that is known. */
export function writeTable<T>(columns: readonly Column<T>[], lines: readonly T[], { width, paint }: Paper): string {
  const cells = lines.map((line) => columns.map(({ text }) => showText(text(line) || '-')))
  const natural = columns.map(({ title }, at) =>
    Math.max(...[title, ...cells.map((row) => row[at] ?? '')].map(widthOf)),
  )
  const widths = width === undefined ? natural : fit(columns, natural, width)
  const rows = cells.map((row) => row.map((cell, at) => cut(cell, widths[at] ?? 0)))
  const titles = columns.map(({ title }, at) => paint.strong(cut(title, widths[at] ?? 0)))
  return [titles, ...rows].map((row) => `${joinCells(row, widths)}\n`).join('')
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
function fit(
  columns: readonly { readonly whole?: true }[],
  natural: readonly number[],
  width: number,
): readonly number[] {
  const widths = [...natural]
  let excess = widths.reduce((sum, each) => sum + each, 0) + GAP.length * (columns.length - 1) - width
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
