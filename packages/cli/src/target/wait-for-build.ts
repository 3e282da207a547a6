import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@clipflight/client'
import { failed } from '../command-error.ts'
import { formatDuration } from '../format-duration.ts'
import type { Progress } from '../terminal/progress.ts'
import { findApp } from './find-app.ts'
import { findBuild, lookForBuild, namedApp, refuseMissing, type FoundBuild } from './find-build.ts'
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
  const look = await lookerFor(client, options)
  let pause = FIRST_PAUSE_MILLISECONDS
  for (;;) {
    const build = await look()
    if (build?.processingState === 'VALID') return build
    if (build !== undefined && build.processingState !== 'PROCESSING') {
      throw failed(
        `Build ${build.version} was processed and is ${build.processingState}`,
        'App Store Connect sends the reasons by e-mail; mend them, and upload another build.',
      )
    }
    const elapsed = performance.now() - startedAt
    const state = build === undefined ? 'has not appeared' : 'is being processed'
    const left = timeoutMilliseconds - elapsed
    if (left <= 0) {
      throw failed(
        `Build ${build?.version ?? options.build} still ${state} after ${formatDuration(elapsed)}`,
        'Wait longer with --timeout.',
      )
    }
    progress.say(`Build ${build?.version ?? options.build} ${state} (${formatDuration(elapsed)})`)
    // The last look is at the very end, so that all of the time is waited for.
    await sleep(Math.min(pause, left))
    pause = Math.min(pause * 1.5, LONGEST_PAUSE_MILLISECONDS)
  }
}

/** What looks for the build: undefined while one that was named by its number is not there, for it may be on its way. */
async function lookerFor(client: Client, options: BuildOptions): Promise<() => Promise<FoundBuild | undefined>> {
  const { build = 'latest' } = options
  if (isId(build)) return () => findBuild(client, options)
  const app = await findApp(client, namedApp(options))
  return async () => {
    const found = await lookForBuild(client, app, options)
    return found === undefined && build === 'latest' ? refuseMissing(app, options) : found
  }
}
