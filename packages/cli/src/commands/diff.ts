import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import type { FoundConnection } from '../connection/find-connection.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { addBundleOptions, type BundleOptions } from '../target/options.ts'
import { addConnectionOptions, addExamples } from './options.ts'
import {
  addDetailedExitcodeOption,
  addPlanOutputOption,
  EXIT_CHANGES,
  planFormat,
  type PlanOutputOptions,
} from './plan-options.ts'

interface DiffOptions extends BundleOptions, ConnectionOptions, PlanOutputOptions {
  readonly withProfile?: string
  readonly withLocal?: boolean
  readonly withDataDir?: string
  readonly detailedExitcode?: boolean
}

const OTHER_HEADING = 'What to compare with:'

/** The verb `diff`: compares a build on two services. */
export function addDiff(program: Command): void {
  const diff = program
    .command('diff')
    .description(
      'Compare what testers of a build get on one service and on another: + is only on the other, - only on the first. Nothing is changed.',
    )
  const others = [
    new Option('--with-local', 'the service that `clipflight serve` runs in this folder'),
    new Option('--with-data-dir <directory>', 'a service that keeps its data there'),
    new Option('--with-profile <name>', 'a key saved by `clipflight auth login`'),
  ]
  for (const option of others) diff.addOption(option.helpGroup(OTHER_HEADING))
  addConnectionOptions(addDetailedExitcodeOption(addPlanOutputOption(addBundleOptions(diff)))).action(
    (options: DiffOptions) => runDiff(options),
  )
  addExamples(
    diff,
    ['diff --app com.example.coffee --build 42 --with-local', 'on App Store Connect, and on the service here'],
    [
      'diff --app com.example.coffee --local --with-profile apple --detailed-exitcode',
      'the newest build here; ends with 2 where Apple has something else',
    ],
  )
}

async function runDiff(options: DiffOptions): Promise<void> {
  const other = otherOf(options)
  const [{ readSide }, { compareFacts, compareInvocations }, { hasDifferences, writeDifference }, { withService }] =
    await Promise.all([
      import('../diff/read-side.ts'),
      import('@clipflight/plan'),
      import('../print/write-difference.ts'),
      import('./with-service.ts'),
    ])
  const { hasColor } = await import('../terminal/has-color.ts')
  // All of the first is read before the other is connected to: what fails then is the other's.
  const { first, found } = await withService(options, async (service) => ({
    first: await readSide(service, options),
    found: service.found,
  }))
  await withService({ ...other, ...first.names }, async (elsewhere) => {
    refuseSame(found, elsewhere.found)
    const second = await readSide(elsewhere, first.names)
    const difference = {
      app: first.app,
      first,
      second,
      facts: compareFacts(first.facts, second.facts),
      ...compareInvocations(first.invocations, second.invocations),
    }
    elsewhere.progress.stop()
    const { stdout } = process
    stdout.write(await writeDifference(difference, planFormat(options), { color: hasColor(stdout) }))
    if (options.detailedExitcode === true && hasDifferences(difference)) process.exitCode = EXIT_CHANGES
  })
}

function otherOf({ withProfile, withLocal, withDataDir }: DiffOptions): ConnectionOptions {
  if (withProfile === undefined && withLocal !== true && withDataDir === undefined)
    throw wrongUsage('Nothing is named to compare with', 'Name it: --with-local, --with-data-dir or --with-profile.')
  return {
    dataDirFlag: '--with-data-dir',
    ...(withProfile === undefined ? {} : { onlyProfile: withProfile }),
    ...(withLocal === true ? { local: true } : {}),
    ...(withDataDir === undefined ? {} : { dataDir: withDataDir }),
  }
}

function refuseSame(one: FoundConnection, other: FoundConnection): void {
  if (one.baseUrl === other.baseUrl && one.keyId === other.keyId)
    throw wrongUsage(`Both are one and the same: the key ${one.keyId} on ${one.baseUrl}`)
}
