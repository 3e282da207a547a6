import type { Command } from 'commander'
import type { Printer } from '../terminal/printer.ts'
import { addConnectionOptions, addOutputOption, type OnlineOptions } from './options.ts'
import { withService, type Service } from './with-service.ts'

/** What a verb that talks to a service works with. */
export type Online = Pick<Service, 'client' | 'progress' | 'found'> & { readonly printer: Printer }

type Run<O> = (online: Online, options: O & OnlineOptions, args: readonly string[]) => Promise<void>

/**
 * Gives a verb the options of the connection and of the output, and runs it with a client. What fails is explained;
 * whatever takes longer than a second shows progress.
 */
export function online<O>(command: Command, run: Run<O>): Command {
  addConnectionOptions(addOutputOption(command))
  return command.action(async () => {
    const options = command.opts<O & OnlineOptions>()
    const [{ createPrinter }, { chooseFormat }] = await Promise.all([
      import('../terminal/printer.ts'),
      import('../terminal/output-format.ts'),
    ])
    const { stdout, stderr, env } = process
    const format = chooseFormat(options.output, env, stdout.isTTY)
    await withService(options, async ({ client, progress, found }) => {
      const printer = createPrinter(format, { stdout, stderr, beforePrinting: progress.stop })
      await run({ client, printer, progress, found }, options, command.args)
    })
  })
}
