import type { Command } from 'commander'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addBundleOptions, type BundleOptions } from '../target/options.ts'
import { addConnectionOptions, addExamples } from './options.ts'

interface InitOptions extends BundleOptions, ConnectionOptions {
  readonly file?: string
  readonly force?: boolean
}

/** The verb `init`: writes a file to begin with. */
export function addInit(program: Command): void {
  const init = program
    .command('init')
    .description(
      'Write a clipflight.yaml to begin with: from what a build has, when an app or a build is named; otherwise one with comments that say what may stand in it.',
    )
    .option('-f, --file <file>', `write this file (default: ${DEFAULT_PATH})`)
    .option('--force', 'overwrite it')
  addConnectionOptions(addBundleOptions(init)).action((options: InitOptions) => runInit(options))
  addExamples(init, ['init', 'from nothing'], ['init --app com.example.coffee', 'from the newest build of the app'])
}

async function runInit(options: InitOptions): Promise<void> {
  const { file = DEFAULT_PATH, force, app, build, version, platform, bundle } = options
  const [{ refuseExisting, writeNewFile }, { writeFirstFile, writeInvocationsFile }, { repeatFlags }] =
    await Promise.all([
      import('../project/write-new-file.ts'),
      import('@clipflight/plan/file'),
      import('./repeat-flags.ts'),
    ])
  refuseExisting(file, force)
  // The file has one app, under its bundle id; the option may say its name.
  const plan = `\`${await repeatFlags('clipflight plan', { ...options, app: undefined })}\``
  if (!app && [build, version, platform, bundle].every((each) => each === undefined)) {
    writeNewFile(file, writeFirstFile(), force)
    say(`Wrote ${file}, an example: put in your app and its URLs, then run ${plan}.`)
    return
  }
  const [{ exportBuild }, { withService }] = await Promise.all([
    import('../apply/export-build.ts'),
    import('./with-service.ts'),
  ])
  await withService(options, async (service) => {
    const exported = await exportBuild(service, options)
    const { invocations, name } = exported
    service.progress.stop()
    const isEmpty = invocations.length === 0
    writeNewFile(file, isEmpty ? writeFirstFile(exported.app) : writeInvocationsFile([exported]), force)
    say(
      isEmpty
        ? `Wrote ${file}, an example: ${name} has no invocations. Put in your URLs, then run ${plan}.`
        : `Wrote ${file} from ${name}. ${plan} now finds nothing to change; edit the file, and it does.`,
    )
  })
}

function say(text: string): void {
  process.stderr.write(`${text}\n`)
}
