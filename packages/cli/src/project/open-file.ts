import { readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { InvocationsFileRefused, readInvocationsFile, type InvocationsFile } from '@clipflight/plan/file'
import { CommandError, codeOf, failed } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { toShellWord } from '../shell-word.ts'
import { DEFAULT_PATH } from './default-path.ts'
import { annotate } from './github-actions.ts'

/** The text of a file; `advice` is what to do when it cannot be read. */
export function readFileText(path: string, advice: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = codeOf(error)
    const whole = resolve(path)
    if (code === 'ENOENT') throw failed(`There is no ${basename(whole)} in ${dirname(whole)}`, advice)
    if (code === 'EISDIR') throw failed(`${path} is a folder, and a file is wanted`)
    throw failed(`${path} cannot be read (${code})`, advice)
  }
}

/** The file, found sound. What is wrong with it is said at once, in GitHub Actions at its lines too. */
export function openFile(path: string): InvocationsFile {
  const flag = path === DEFAULT_PATH ? '' : ` --file ${toShellWord(path)}`
  const text = readFileText(path, `Write one: clipflight init${flag}\nOr name another: --file FILE`)
  return refusing(() => readInvocationsFile(text, path))
}

/** Runs what may refuse the file, and explains that. */
export function refusing<T>(work: () => T, ...advice: readonly string[]): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InvocationsFileRefused)) throw error
    const { message, path, problems } = error
    annotate(process.env, path, problems)
    const heading = `${path} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:`
    throw new CommandError(`${heading}\n${message}`, {
      exitCode: EXIT_FAILED,
      advice,
      facts: { file: path, problems },
      cause: error,
    })
  }
}
