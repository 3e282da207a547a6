import { showText } from '../print/show-text.ts'

/** Says a line on standard error, without anything that a terminal would take for a command. */
export function writeNotice(line: string): void {
  process.stderr.write(`clipflight: ${showText(line)}\n`)
}
