import type { WantedInvocation } from '@clipflight/plan'
import Papa from 'papaparse'
import { complaintOf, complaintOfLocale, type Voice } from './field-rules.ts'

/** What is wrong with a line, counted from 1 as editors do. */
export interface LineProblem {
  readonly line: number
  readonly text: string
  /** What was read there, where the text speaks of it and does not quote it. */
  readonly value?: string | undefined
  /** Whether the text is in English, in whatever language the page speaks. */
  readonly isEnglish?: true
}

export interface CsvRead {
  readonly wanted: readonly WantedInvocation[]
  readonly problems: readonly LineProblem[]
  /** Whether the URLs are said in a header. */
  readonly hasUrls: boolean
}

interface Row {
  readonly line: number
  readonly values: readonly string[]
}

/**
 * Reads titles: a row for each locale, a column for each invocation. A header names the URLs; without one the titles
 * are those of `url`. Comma, semicolon or tab, whichever the text has first.
 */
export function readCsv(text: string, url: string | undefined, say: Voice): CsvRead {
  const problems: LineProblem[] = []
  const note = (line: number, problem: string | undefined, value?: string): boolean => {
    if (problem !== undefined) problems.push({ line, text: problem, value })
    return problem === undefined
  }

  const [first, ...rest] = readRows(text, (line, message) => problems.push({ line, text: message, isEnglish: true }))
  if (first === undefined) return { wanted: [], problems, hasUrls: false }
  const hasUrls = first.values.slice(1).some((value) => value.includes('://'))
  const hasHeader = hasUrls || /^(?:locale|language|sprache)$/i.test(first.values[0] ?? '')
  const urls = hasUrls ? first.values.slice(1) : [url ?? '']
  if (hasUrls) {
    for (const [index, each] of urls.entries()) {
      if (note(first.line, complaintOf('url', each, say), each) && urls.indexOf(each) < index)
        note(first.line, say('csvUrlTwice'))
    }
  } else if (url === undefined) note(first.line, say('csvNeedsUrl'))

  const titles = urls.map((): Record<string, string> => ({}))
  const seen = new Set<string>()
  for (const { line, values } of hasHeader ? rest : [first, ...rest]) {
    const [locale = '', ...cells] = values
    if (!note(line, complaintOfLocale(locale, say), locale)) continue
    if (seen.has(locale)) {
      note(line, say('csvTwice', { locale }))
      continue
    }
    seen.add(locale)
    if (cells.length > urls.length) note(line, say('csvTooMany', { count: values.length }))
    else if (cells.every((cell) => cell === '')) note(line, say('csvEmpty'))
    else {
      for (const [index, title] of cells.entries()) {
        const column = titles[index]
        if (title !== '' && column !== undefined && note(line, complaintOf('title', title, say), title))
          column[locale] = title
      }
    }
  }
  const wanted = urls.flatMap((each, index) => {
    const those = titles[index] ?? {}
    return Object.keys(those).length === 0 ? [] : [{ url: each, titles: those }]
  })
  return { wanted, problems, hasUrls }
}

function readRows(text: string, note: (line: number, message: string) => unknown): Row[] {
  const rows: Row[] = []
  let start = 0
  let line = 1
  Papa.parse<string[]>(text, {
    // What the parser would guess of short tables is wrong. The first column is one of locales, which have none of these.
    delimiter: /[,;\t]/.exec(text)?.[0] ?? ',',
    // A field with line breaks takes several lines, so rows are not counted: `cursor` is where a row ends.
    step({ data, errors, meta: { cursor } }) {
      for (const { message } of errors) note(line, message)
      const values = data.map((value) => value.trim())
      if (values.some((value) => value !== '')) rows.push({ line, values })
      line += text.slice(start, cursor).split(/\r\n|\r|\n/).length - 1
      start = cursor
    },
  })
  return rows
}
