import { chooseFormat, type OutputFormat } from './output-format.ts'
import { writeFields, writeTable, type Column, type Paper } from '../print/table.ts'
import { writeData } from '../print/write-data.ts'
import { showText } from '../print/show-text.ts'
import { paintFor } from './has-color.ts'

/** Writes results to standard output in the format that was asked for. */
export interface Printer {
  /** A table of the lines for people, `data` for programs. `none` is said to people where there are no lines. */
  list<T>(data: unknown, lines: readonly T[], columns: readonly Column<T>[], none: string): Promise<void>
  /** Names and values for people, `data` for programs. */
  one<T>(data: unknown, subject: T, fields: readonly Column<T>[]): Promise<void>
  /** A sentence for people on what was done, `data` for programs. */
  done(data: unknown, sentence: string): Promise<void>
}

interface Streams {
  readonly stdout: NodeJS.WriteStream
  readonly stderr: NodeJS.WriteStream
  /** Clears the terminal of what was only progress. */
  readonly beforePrinting?: () => void
}

export function createPrinter(format: OutputFormat, { stdout, stderr, beforePrinting }: Streams): Printer {
  // A terminal that nobody looks at, as in containers, may have 0 columns: nothing fits into them.
  const width = stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined
  const paper: Paper = { width, paint: paintFor(stdout) }

  async function write(data: unknown, toText: () => string): Promise<void> {
    const text = format === 'table' ? toText() : await writeData(data, format)
    beforePrinting?.()
    stdout.write(text)
  }

  return {
    async list(data, lines, columns, none) {
      // A table without lines is told apart from no answer, and still leaves the output empty for a pipe.
      if (format !== 'table' || lines.length > 0) return write(data, () => writeTable(columns, lines, paper))
      beforePrinting?.()
      stderr.write(`${none}\n`)
    },
    one: (data, subject, fields) => write(data, () => writeFields(fields, subject, paper)),
    done: (data, sentence) => write(data, () => `${paper.paint.add('✓')} ${showText(sentence)}\n`),
  }
}

/** A printer for verbs that talk to no service. */
export function openPrinter(output: OutputFormat | undefined): Printer {
  const { stdout, stderr, env } = process
  return createPrinter(chooseFormat(output, env, stdout.isTTY), { stdout, stderr })
}
