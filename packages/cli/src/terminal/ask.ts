import { createInterface } from 'node:readline/promises'
import { failed, wrongUsage } from '../command-error.ts'
import { showText } from '../print/show-text.ts'
import { isCi } from './is-ci.ts'

/** Whether somebody sits at a terminal who can be asked. */
export function isInteractive(environment: NodeJS.ProcessEnv): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && !isCi(environment)
}

/** Asks on standard error, so that the output stays what it is, and returns what was typed, or else the fallback. */
export async function ask(question: string, fallback = ''): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const hint = fallback === '' ? '' : ` [${fallback}]`
  // Ctrl-D ends the input: nothing is decided, and nothing is done.
  const closed = new Promise<never>((_resolve, reject) => {
    lines.once('close', () => reject(failed('Nothing was answered, and nothing was done')))
    lines.once('SIGINT', () => lines.close())
  })
  const answered = lines.question(`${question}${hint}: `)
  try {
    const answer = (await Promise.race([answered, closed])).trim()
    return answer === '' ? fallback : answer
  } catch (error) {
    // The cursor still stands behind the question.
    process.stderr.write('\n')
    throw error
  } finally {
    lines.close()
  }
}

/** Asks for a yes on a terminal. Elsewhere nobody can say it, so `--yes` has to. */
export async function confirm(question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return
  if (!isInteractive(process.env)) throw wrongUsage(`Nobody can be asked here: ${question}`, 'Say yes with --yes.')
  await askForYes(showText(question))
}

/** Asks for a yes; any other answer throws. */
export async function askForYes(question: string): Promise<void> {
  const answer = await ask(`${question} [y/N]`)
  if (!/^y(es)?$/i.test(answer)) throw failed('Nothing was done')
}
