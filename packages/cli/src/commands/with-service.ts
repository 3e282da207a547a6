import type { Client } from '@clipflight/client'
import type { Pace } from '../connection/connect.ts'
import type { FoundConnection } from '../connection/find-connection.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import type { Warn } from '../connection/key-file.ts'
import type { Progress } from '../terminal/progress.ts'
import { repeatingFlags } from './repeat-flags.ts'

/** A service to talk to, with what the user sees meanwhile. */
export interface Service {
  readonly client: Client
  readonly progress: Progress
  readonly found: FoundConnection
  readonly warn: Warn
  /** What a failed call means, for errors that are more than one. */
  readonly explain: (error: unknown) => unknown
}

/** Runs with a client for the key and service that the options name. What fails is explained. */
export async function withService<T>(
  options: ConnectionOptions,
  work: (service: Service) => Promise<T>,
  pace?: Pace,
): Promise<T> {
  const [{ findConnection }, { connect }, { explainFailure }, { startProgress }, { warnOnceOn }] = await Promise.all([
    import('../connection/find-connection.ts'),
    import('../connection/connect.ts'),
    import('../connection/explain-failure.ts'),
    import('../terminal/progress.ts'),
    import('../terminal/print-error.ts'),
  ])
  const { stderr, env } = process
  const warnOnce = warnOnceOn(stderr)
  // Other verbs have but one name for a profile.
  const given = { ...options, profile: options.onlyProfile ?? options.profile }
  const found = await repeatingFlags(given, () => findConnection(options, env, warnOnce))
  const client = connect(found, pace)
  const progress = startProgress(`Asking ${new URL(found.baseUrl).host} …`, stderr, env)
  const warn: Warn = (text) => {
    // What is drawn next would be drawn over it.
    progress.stop()
    warnOnce(text)
    progress.resume()
  }
  const explain = (error: unknown): unknown => explainFailure(error, found)
  try {
    return await repeatingFlags(given, () => work({ client, progress, found, warn, explain }), { explain })
  } finally {
    progress.stop()
  }
}
