import type { CommandError } from '../command-error.ts'
import { showText } from '../print/show-text.ts'
import { writeJson } from '../print/write-json.ts'
import { paintFor } from './has-color.ts'

/** Says on standard error what failed and what to do next: as text, or as one JSON object on one line. */
export function printError(
  { message, advice, facts }: CommandError,
  { exitCode, asJson }: { readonly exitCode: number; readonly asJson: boolean },
  stderr: NodeJS.WriteStream,
): void {
  if (asJson) {
    stderr.write(`${writeJson({ error: { message, advice, exitCode, ...facts } })}\n`)
    return
  }
  const [first = '', ...rest] = message.split('\n')
  const lines = [...rest, ...advice.flatMap((each) => each.split('\n'))].map((line) => `  ${showText(line)}\n`).join('')
  stderr.write(`${paintFor(stderr).remove('clipflight:')} ${showText(first)}\n${lines}`)
}

/** Says what does not stop the verb but should be known, and each thing once. */
export function warnOnceOn(stderr: NodeJS.WriteStream): (text: string) => void {
  const said = new Set<string>()
  return (text) => {
    if (said.has(text)) return
    said.add(text)
    stderr.write(`${paintFor(stderr).change('clipflight: warning:')} ${showText(text)}\n`)
  }
}
