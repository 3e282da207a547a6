import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { codeOf } from '../command-error.ts'
import { EXIT_BY_SIGNAL } from '../signals.ts'
import { writeNotice } from './write-notice.ts'

/** What a shell ends with when there is no such command. */
const EXIT_NO_COMMAND = 127
/** What it ends with when there is one that cannot be run. */
const EXIT_CANNOT_RUN = 126

/** A terminal sends these to every program in its foreground, so the program has got them already. */
const FROM_TERMINAL = ['SIGINT', 'SIGQUIT', 'SIGHUP'] as const
const FROM_PROGRAMS = ['SIGTERM', 'SIGUSR1', 'SIGUSR2'] as const

/**
 * Runs a program as if it had been started in our place: with our terminal and files, and with the signals that we get.
 * Resolves with the exit code that a shell would show for it.
 */
export async function runProgram(words: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [program = '', ...args] = words
  const child = spawn(program, args, { stdio: 'inherit', env: environment })
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal)
  const leaveToTerminal = (): void => undefined
  const fromTerminal = hasTerminal() ? leaveToTerminal : passOn
  const listeners = [
    ...FROM_PROGRAMS.map((signal) => [signal, passOn] as const),
    ...FROM_TERMINAL.map((signal) => [signal, fromTerminal] as const),
  ]
  for (const [signal, listener] of listeners) process.on(signal, listener)
  try {
    return await new Promise<number>((resolve) => {
      child.once('error', (error) => resolve(sayCannotRun(program, error)))
      child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : exitCodeFor(signal)))
    })
  } finally {
    for (const [signal, listener] of listeners) process.off(signal, listener)
  }
}

function exitCodeFor(signal: NodeJS.Signals): number {
  return EXIT_BY_SIGNAL + constants.signals[signal]
}

function sayCannotRun(program: string, error: Error): number {
  const code = codeOf(error)
  writeNotice(code === 'ENOENT' ? `there is no command '${program}'` : `'${program}' cannot be run (${code})`)
  return code === 'ENOENT' ? EXIT_NO_COMMAND : EXIT_CANNOT_RUN
}

/** Whether Ctrl-C would reach us, even if all our files lead elsewhere. */
function hasTerminal(): boolean {
  if (process.platform === 'win32') return true
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    // It opens only for who has one.
    return false
  }
}
