import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@clipflight/client'
import { CommandError, failed } from '../command-error.ts'
import { EXIT_NOT_FOUND } from '../exit-codes.ts'
import type { Progress } from '../print/progress.ts'
import { findBuild, type FoundBuild } from './find-build.ts'
import { isId } from './is-id.ts'
import type { BuildOptions } from './options.ts'

interface Waiting {
  readonly progress: Progress
  readonly timeoutMilliseconds: number
}

const FIRST_PAUSE_MILLISECONDS = 1000
/** Processing takes minutes: more often than this is of no use, and costs budget. */
const LONGEST_PAUSE_MILLISECONDS = 30_000

/** The build, once it is processed. Throws when it turns out invalid, or when the time is up. */
export async function waitForBuild(client: Client, options: BuildOptions, waiting: Waiting): Promise<FoundBuild> {
  const { progress, timeoutMilliseconds } = waiting
  const startedAt = performance.now()
  let pause = FIRST_PAUSE_MILLISECONDS
  for (;;) {
    const build = await lookFor(client, options)
    if (build?.processingState === 'VALID') return build
    if (build !== undefined && build.processingState !== 'PROCESSING') {
      throw failed(
        `Build ${build.version} was processed and is ${build.processingState}`,
        'App Store Connect sends the reasons by e-mail; mend them, and upload another build.',
      )
    }
    const elapsed = performance.now() - startedAt
    const state = build === undefined ? 'has not appeared' : 'is being processed'
    if (elapsed + pause > timeoutMilliseconds) {
      throw failed(
        `Build ${build?.version ?? options.build} still ${state} after ${inMinutes(elapsed)}`,
        'Wait longer with --timeout.',
      )
    }
    progress.say(`Build ${build?.version ?? options.build} ${state} (${inMinutes(elapsed)})`)
    await sleep(pause)
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)
  }
}

/** Undefined while a build that was named by its number is not there: it may be on its way. */
async function lookFor(client: Client, options: BuildOptions): Promise<FoundBuild | undefined> {
  try {
    return await findBuild(client, options)
  } catch (error) {
    const { build } = options
    const isOnItsWay = build !== undefined && build !== 'latest' && !isId(build)
    const isMissing = error instanceof CommandError && error.facts['missing'] === 'build'
    if (isOnItsWay && isMissing && error.exitCode === EXIT_NOT_FOUND) return undefined
    throw error
  }
}

function inMinutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
