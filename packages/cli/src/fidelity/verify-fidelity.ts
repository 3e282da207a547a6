import { APPLE_BASE_URL } from '@clipflight/client'
import { constants } from 'node:os'
import type { Client } from '@clipflight/client'
import { watchForStop } from '../apply/watch-for-stop.ts'
import { CommandError } from '../command-error.ts'
import { connectRaw, type Pace } from '../connection/connect.ts'
import type { FoundConnection } from '../connection/find-connection.ts'
import type { Warn } from '../connection/key-file.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import type { PlanFormat } from '../print/write-plan.ts'
import { writeFindings } from '../print/write-findings.ts'
import { PROBES } from '../probes/all-probes.ts'
import { EXIT_BY_SIGNAL } from '../signals.ts'
import { confirm } from '../terminal/ask.ts'
import { hasColor } from '../terminal/has-color.ts'
import type { Progress } from '../terminal/progress.ts'
import { openGround, type Ground, type Restoration } from './ground.ts'
import { runProbes, type Run } from './run-probes.ts'

export interface VerifyOptions {
  readonly bundle?: string
  readonly otherBundle?: string
  /** Whether nobody has to be asked. */
  readonly isApproved: boolean
  readonly format: PlanFormat
  readonly withAnswers: boolean
  readonly pace: Pace
}

interface Bench {
  readonly client: Client
  readonly found: FoundConnection
  readonly progress: Progress
  readonly warn: Warn
  readonly explain: (error: unknown) => unknown
}

/** More than all probes take, with what they are given and what is put back. */
const MOST_REQUESTS = 150

/**
 * Runs the probes and prints what was found; returns whether a service differs. Throws when it ended before all had
 * run, or when a bundle is not as it was, with what is left to do.
 */
export async function verifyFidelity(bench: Bench, options: VerifyOptions): Promise<boolean> {
  const { found, progress } = bench
  const ground = await prepareGround(bench, options)
  const { wish, run, restoration } = await watchForStop(
    async (watch) => {
      // Begun anew behind the watch, it leaves signals to it.
      progress.stop()
      progress.resume()
      const send = connectRaw(found, options.pace)
      const run = await runProbes({ send, ground, progress, watch }, PROBES)
      progress.say('Putting back what was there …')
      const restoration = await ground?.restore({ signal: watch.signal })
      return { wish: watch.wish, run, restoration }
    },
    () => process.stderr.write('Stopping behind this probe, and putting back what was there. Again: not even that.\n'),
  )
  progress.stop()
  const isRestored = restoration === undefined ? undefined : restoration.changed.length === 0
  const service = found.baseUrl === APPLE_BASE_URL ? 'App Store Connect' : 'a service of its own'
  const { stdout } = process
  const report = { service, findings: run.findings, isRestored }
  stdout.write(
    await writeFindings(report, options.format, { color: hasColor(stdout), withAnswers: options.withAnswers }),
  )
  refuseHalf({ run, restoration, wish, explain: bench.explain })
  return run.findings.some(({ outcome }) => outcome === 'differs')
}

/** Reads the bundles, and asks whether they may be written to. */
async function prepareGround(
  { client, found, progress, warn }: Bench,
  { bundle, otherBundle, isApproved }: VerifyOptions,
): Promise<Ground | undefined> {
  if (bundle === undefined) return undefined
  const ground = await openGround({ client, warn, bundle, otherBundle })
  const { remaining = MOST_REQUESTS } = client.rateLimit ?? {}
  if (remaining < MOST_REQUESTS) {
    throw new CommandError(
      `The key has ${remaining} requests left this hour, and this may take ${MOST_REQUESTS}. Nothing was changed`,
      { exitCode: EXIT_FAILED, advice: ['Try again later: the hour rolls, and budget comes back.'] },
    )
  }
  progress.stop()
  const bundles = otherBundle === undefined ? `bundle ${bundle}` : `bundles ${bundle} and ${otherBundle}`
  await confirm(`Make invocations on ${bundles} of ${found.baseUrl}, and delete them again?`, isApproved)
  return ground
}

interface Ended {
  readonly run: Run
  readonly restoration: Restoration | undefined
  readonly wish: NodeJS.Signals | undefined
  readonly explain: (error: unknown) => unknown
}

/** Throws unless all probes ran, or could not for reasons of their own, and the bundles are as they were. */
function refuseHalf({ run, restoration, wish, explain }: Ended): void {
  const { left = [], changed = [] } = restoration ?? {}
  const error = run.error ?? restoration?.error
  if (error === undefined && changed.length === 0 && wish === undefined) return
  const explained = error === undefined || wish !== undefined ? undefined : explain(error)
  const reason = explained instanceof CommandError ? explained : undefined
  const put = restoration === undefined ? [] : [sayRestored(restoration)]
  const why = [wish === undefined ? [] : `Stopped by ${wish}`, reason?.message ?? [], put].flat()
  throw new CommandError(why.join('\n'), {
    exitCode: wish === undefined ? (reason?.exitCode ?? EXIT_FAILED) : EXIT_BY_SIGNAL + constants.signals[wish],
    advice: [
      ...(reason?.advice ?? []),
      ...left.map((id) => `clipflight invocations delete ${id} --yes`),
      ...(restoration?.error === undefined ? [] : changed.map((id) => `clipflight invocations list --bundle ${id}`)),
    ],
    facts: { ...reason?.facts, left, changed },
    cause: error,
  })
}

function sayRestored({ left, changed, error }: Restoration): string {
  if (error !== undefined && left.length > 0)
    return 'What was made is not all deleted. Delete it, with the options of the connection:'
  if (error !== undefined)
    return 'Whether the bundle is as it was is not known. Delete what leads to clipflight-probe, if any:'
  return changed.length === 0
    ? 'The bundle is as it was.'
    : `Everything that was made is deleted, and yet ${changed.join(', ')} is not as before: somebody else changed it meanwhile.`
}
