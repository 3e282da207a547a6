import type { Command } from 'commander'
import { addExamples } from './options.ts'
import { controlledWithOwnOutput } from './sandbox/controlled.ts'

interface ConsoleOptions {
  readonly print?: true
}

/** The verb `console`: opens the pages of a service that runs, as its admin. */
export function addConsole(program: Command): void {
  const verb = program
    .command('console')
    .description(
      'Open the console of a service that runs, signed in as its admin: what `clipflight serve` started in this folder, unless another is named. The address is printed, too; it signs in once, within five minutes.',
    )
    .option('--print', 'print the address, and open nothing')
  controlledWithOwnOutput<ConsoleOptions>(verb, async ({ control, found, progress }, { print }) => {
    const [{ openBrowser }, { isCi }, { createAddress }] = await Promise.all([
      import('../terminal/open-browser.ts'),
      import('../terminal/is-ci.ts'),
      import('../control/create-address.ts'),
    ])
    const address = await createAddress(control, found)
    progress.stop()
    process.stdout.write(`${address}\n`)
    if (print !== true && process.stdout.isTTY && !isCi(process.env)) openBrowser(address)
  })
  addExamples(
    verb,
    ['console', 'of the service in this folder'],
    ['console --print', 'for a browser elsewhere: nothing is opened where there is no terminal either'],
  )
}
