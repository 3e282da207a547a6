import { BUNDLE_TYPES, PROCESSING_RESULTS, type BuildCreation, type MadeBuild } from '@clipflight/control'
import { PLATFORM } from '@clipflight/contract'
import { Option, type Command } from 'commander'
import { wrongUsage } from '../../command-error.ts'
import type { Column } from '../../print/table.ts'
import { addExamples } from '../options.ts'
import { readDuration } from '../read-duration.ts'
import { controlledTeam } from './controlled.ts'

type Bundles = NonNullable<BuildCreation['bundles']>

interface AddOptions {
  readonly app: string
  readonly version: string
  readonly buildNumber?: string
  readonly platform?: NonNullable<BuildCreation['platform']>
  readonly processing?: number
  readonly result?: (typeof PROCESSING_RESULTS)[number]
  readonly encryption?: 'exempt' | 'non-exempt'
  readonly carryOver?: 'on' | 'off'
  readonly minOsVersion?: string
  readonly bundles?: Bundles
}

const FIELDS: readonly Column<MadeBuild>[] = [
  { title: 'Build', text: ({ buildNumber }) => buildNumber },
  { title: 'State', text: ({ processingState }) => processingState },
  { title: 'Id', text: ({ build }) => build },
  {
    title: 'Bundles',
    text: ({ bundles }) =>
      bundles
        .map(({ bundleId, bundleType, invocations }) => `${bundleId} (${bundleType}, ${invocations} carried over)`)
        .join(', '),
  },
]

/** The noun `sandbox builds`. */
export function addBuilds(sandbox: Command): void {
  const builds = sandbox
    .command('builds')
    .summary('builds, as an upload brings them')
    .description('Builds, as an upload brings them. `clipflight builds` sees them as clients do.')
  addAdd(builds)
}

function addAdd(builds: Command): void {
  const add = builds
    .command('add')
    .summary('add a build, as an upload would')
    .description(
      'Add a build, as an upload would: with the next number, the bundles of the build before, and its invocations.',
    )
    .requiredOption('--app <app>', 'bundle id or id of the app')
    .requiredOption('--version <version>', 'of the app, such as 1.4; made when it is new')
    .option('--build-number <number>', 'one above the highest, unless said')
    .addOption(new Option('--platform <platform>', 'IOS unless said').choices(PLATFORM.values ?? []))
    .addOption(
      new Option(
        '--processing <time>',
        "how long it takes by the service's clock, such as 90s; done at once unless said",
      ).argParser(toSeconds),
    )
    .addOption(new Option('--result <state>', 'how processing ends; VALID unless said').choices(PROCESSING_RESULTS))
    .addOption(
      new Option('--encryption <kind>', 'the answer on export compliance; missing unless said').choices([
        'exempt',
        'non-exempt',
      ]),
    )
    .option('--min-os-version <version>', 'the oldest system it runs on')
    .addOption(
      new Option(
        '--bundles <list>',
        'bundle ids of what it holds, after commas, an App Clip with :APP_CLIP behind; those of the build before unless said',
      ).argParser(toBundles),
    )
    .addOption(
      new Option('--carry-over <on|off>', 'whether it gets the invocations of the build before').choices(['on', 'off']),
    )
  controlledTeam<AddOptions>(add, async ({ control, printer, team }, options) => {
    const made = await control.createBuild({ ...toBuild(options), team })
    await printer.one(made, made, FIELDS)
  })
  addExamples(
    add,
    [
      'sandbox builds add --app com.example.coffee --version 1.5',
      'VALID at once, with the invocations of the one before',
    ],
    [
      'sandbox builds add --app com.example.coffee --version 1.5 --processing 90s',
      'PROCESSING for 90 seconds, or until `clipflight sandbox clock advance 90s`',
    ],
    [
      'sandbox builds add --app com.example.coffee --version 2.0 --bundles com.example.coffee,com.example.coffee.Order:APP_CLIP',
      'with another App Clip than the one before',
    ],
  )
}

function toBuild(options: AddOptions): BuildCreation {
  const { app, version, buildNumber, platform, processing, result, encryption, carryOver, minOsVersion, bundles } =
    options
  if (result !== undefined && processing === undefined)
    throw wrongUsage('--result says how processing ends, and there is none', 'Say how long it takes: --processing 90s')
  return {
    app,
    version,
    ...(buildNumber === undefined ? {} : { buildNumber }),
    ...(platform === undefined ? {} : { platform }),
    ...(processing === undefined
      ? {}
      : { processing: { seconds: processing, ...(result === undefined ? {} : { result }) } }),
    ...(encryption === undefined ? {} : { usesNonExemptEncryption: encryption === 'non-exempt' }),
    ...(minOsVersion === undefined ? {} : { minOsVersion }),
    ...(bundles === undefined ? {} : { bundles }),
    ...(carryOver === undefined ? {} : { carryOver: carryOver === 'on' }),
  }
}

function toBundles(text: string): Bundles {
  return text.split(',').map((each) => {
    const [bundleId = '', type = BUNDLE_TYPES[0], ...more] = each.trim().split(':')
    const bundleType = BUNDLE_TYPES.find((one) => one === type)
    if (bundleId !== '' && bundleType !== undefined && more.length === 0) return { bundleId, bundleType }
    throw wrongUsage(
      `--bundles must be bundle ids such as com.example.coffee,com.example.coffee.Clip:APP_CLIP, not '${each}'`,
    )
  })
}

function toSeconds(text: string): number {
  const milliseconds = readDuration(text)
  if (milliseconds === undefined) throw wrongUsage(`--processing must be a time such as 90s or 10m, not '${text}'`)
  return milliseconds / 1000
}
