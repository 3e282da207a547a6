import { parse } from 'node:path'
import { toShellWord } from '../shell-word.ts'

/** That a seed file was written, and how to serve it beside data that is there already. */
export function sayWritten(file: string): string {
  const directory = toShellWord(`${parse(file).name}-data`)
  return `Wrote ${file}. Serve it: clipflight serve --seed ${toShellWord(file)} --data-dir ${directory}\n`
}
