import type { Client } from '@clipflight/client'
import type { Command } from 'commander'
import type { FoundConnection } from '../connection/find-connection.ts'
import type { Printer } from '../print/printer.ts'
import type { Progress } from '../print/progress.ts'
import { warnOnceOn } from '../print/print-error.ts'
import { addConnectionOptions, addOutputOption, type OnlineOptions } from './options.ts'

/** What a verb that talks to a service works with. */
export interface Online {
  readonly client: Client
  readonly printer: Printer
  readonly progress: Progress
  readonly found: FoundConnection
}

type Run<O> = (online: Online, options: O & OnlineOptions, args: readonly string[]) => Promise<void>

/**
 * Gives a verb the options of the connection and of the output, and runs it with a client. What fails is explained;
 * whatever takes longer than a second shows progress.
 */
export function online<O>(command: Command, run: Run<O>): Command {
  addConnectionOptions(addOutputOption(command))
  return command.action(async () => {
    const options = command.opts<O & OnlineOptions>()
    const [
      { findConnection },
      { connect },
      { explainFailure },
      { createPrinter },
      { chooseFormat },
      { startProgress },
    ] = await Promise.all([
      import('../connection/find-connection.ts'),
      import('../connection/connect.ts'),
      import('../connection/explain-failure.ts'),
      import('../print/printer.ts'),
      import('../print/output-format.ts'),
      import('../print/progress.ts'),
    ])
    const { stdout, stderr, env } = process
    const format = chooseFormat(options.output, env, stdout.isTTY)
    const connected = connect(findConnection(options, env, warnOnceOn(stderr)))
    const progress = startProgress(`Asking ${new URL(connected.found.baseUrl).host} …`, stderr, env)
    const printer = createPrinter(format, { stdout, stderr, beforePrinting: progress.stop })
    try {
      await run({ client: connected.client, printer, progress, found: connected.found }, options, command.args)
    } catch (error) {
      throw explainFailure(error, connected)
    } finally {
      progress.stop()
    }
  })
}
