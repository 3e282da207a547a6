import { spawnSync } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { freshDirectory, runClipflight, type Ended, type Run, type Running } from '../serve/run-clipflight.ts'

export interface ThroughOptions extends Run {
  /** Of `exec`, before the command. */
  readonly options?: readonly string[]
}

/** Starts a command through `clipflight exec`, with a service of its own in that directory unless one runs there. */
export function startThrough(
  context: TestContext,
  dataDir: string,
  words: readonly string[],
  { options = [], ...run }: ThroughOptions = {},
): Running {
  return runClipflight(context, ['exec', '--data-dir', dataDir, ...options, '--', ...words], run)
}

/** Runs it to its end. */
export function runThrough(
  context: TestContext,
  dataDir: string,
  words: readonly string[],
  options: ThroughOptions = {},
): Promise<Ended> {
  return startThrough(context, dataDir, words, options).ended
}

/** Runs a script with the Node that runs the tests. */
export function nodeThrough(
  context: TestContext,
  dataDir: string,
  script: string,
  options: ThroughOptions = {},
): Promise<Ended> {
  return runThrough(context, dataDir, [process.execPath, '--input-type=module', '--eval', script], options)
}

/** Where a service may keep its data, gone after the test. */
export async function dataDirectory(context: TestContext): Promise<string> {
  return join(await freshDirectory(context), 'data')
}

/** The variables of a command, by their names. */
export async function variablesThrough(
  context: TestContext,
  dataDir: string,
  options: ThroughOptions = {},
): Promise<Readonly<Record<string, string | undefined>>> {
  const { stdout, stderr } = await nodeThrough(context, dataDir, 'console.log(JSON.stringify(process.env))', options)
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

export async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

export async function textOf(path: string | undefined): Promise<string> {
  return readFile(path ?? '', 'utf8')
}

/** Why a test that needs a program is skipped, if it is. */
export function lacks(command: string, ...args: readonly string[]): string | false {
  const { status } = spawnSync(command, args)
  return status === 0 ? false : `SKIPPED: this machine has no ${[command, ...args].join(' ')}`
}
