import { globSync, readFileSync } from 'node:fs'

/** A guess of ours, where the code makes it. */
interface Guess {
  readonly file: string
  readonly comment: string
}

/** A line of a comment for people; marks for bundlers, such as `@__NO_SIDE_EFFECTS__`, are none. */
const COMMENT_LINE = /^\s*(?!\/\* @__)(?:\/\/|\/\*\*?|\*\/?)\s?(.*?)\s*(?:\*\/)?$/

/** The whole comment around a line, without the marks that make it one. */
function commentAround(lines: readonly string[], index: number): string {
  const isComment = (line: number): boolean => COMMENT_LINE.test(lines[line] ?? '')
  let first = index
  while (isComment(first - 1)) first--
  let last = index
  while (isComment(last + 1)) last++
  return lines
    .slice(first, last + 1)
    .map((line) => COMMENT_LINE.exec(line)?.[1] ?? '')
    .join(' ')
    .trim()
}

/** Every comment that says `Unverified:`, in the order of the files. */
function guesses(): Guess[] {
  return globSync('packages/*/src/**/*.ts')
    .sort()
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n')
      return lines.flatMap((line, index) =>
        line.includes('Unverified:') && COMMENT_LINE.test(line) ? [{ file, comment: commentAround(lines, index) }] : [],
      )
    })
}

/** The guesses as a Markdown table. */
export function unverifiedTable(): string {
  const rows = guesses().map(({ file, comment }) => `| ${cell(comment)} | \`${file}\` |`)
  return ['| What nobody outside Apple has confirmed | In |', '|---|---|', ...rows].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('`', "'")
}
