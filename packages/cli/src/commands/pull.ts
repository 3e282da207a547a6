import { Option, type Command } from 'commander'
import { apps } from '@clipflight/contract'
import { wrongUsage } from '../command-error.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { namedApp } from '../target/find-build.ts'
import { sayWritten } from '../project/say-written.ts'
import { addAppOption } from '../target/options.ts'
import { addConnectionOptions, addExamples } from './options.ts'

interface PullVerbOptions extends ConnectionOptions {
  readonly app?: string
  readonly builds: number
  readonly anonymise?: boolean
  readonly file?: string
  readonly force?: boolean
}

const USUAL_BUILDS = 3
/** Those of one page: beyond, a seed is larger than what anybody tests with. */
const MOST_BUILDS = 200

/** The verb `pull`: writes a seed file of what a service has. */
export function addPull(program: Command): void {
  const pull = program
    .command('pull')
    .description(
      'Write what App Store Connect has of an app as a seed file for `clipflight serve --seed`, to the output unless a file is named. Nothing is changed.',
    )
    .addOption(
      new Option('--builds <number>', 'how many of its builds, the newest first')
        .default(USUAL_BUILDS)
        .argParser(toCount),
    )
    .option('--anonymise', 'replace ids, names, texts, bundle ids and URLs')
    .option('-f, --file <file>', 'write this file instead')
    .option('--force', 'overwrite it')
  addConnectionOptions(addAppOption(pull)).action((options: PullVerbOptions) => runPull(options))
  addExamples(
    pull,
    [
      'pull --app com.example.coffee --file coffee.yaml',
      'then: clipflight serve --seed coffee.yaml --data-dir coffee-data',
    ],
    ['pull --app com.example.coffee --builds 10 --anonymise', 'to give to somebody else'],
  )
}

async function runPull(options: PullVerbOptions): Promise<void> {
  const [
    { readApp },
    { writeSeedFile },
    { createDisguise, UNDISGUISED },
    { refuseExisting, writeNewFile },
    { withService },
  ] = await Promise.all([
    import('../pull/read-app.ts'),
    import('../seed/write-seed-file.ts'),
    import('../seed/disguise.ts'),
    import('../project/write-new-file.ts'),
    import('./with-service.ts'),
  ])
  const { builds, anonymise, file, force } = options
  const named = namedApp(options)
  if (file !== undefined) refuseExisting(file, force)
  await withService(
    options,
    async (service) => {
      const { app, gathered } = await readApp(service, { app: named, builds })
      const disguise = anonymise === true ? createDisguise(gathered.all) : UNDISGUISED
      const { text, leftOut } = writeSeedFile(gathered, { resource: apps, id: app.id, name: 'bundleId' }, disguise)
      for (const each of leftOut) service.warn(`Left out: ${each}`)
      service.progress.stop()
      if (file === undefined) {
        const { guardYaml } = await import('../print/write-data-yaml.ts')
        process.stdout.write(guardYaml(text))
        return
      }
      writeNewFile(file, text, force)
      process.stderr.write(sayWritten(file))
    },
    { pacing: true },
  )
}

function toCount(text: string): number {
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (count >= 1 && count <= MOST_BUILDS) return count
  throw wrongUsage(`--builds must be a whole number from 1 to ${MOST_BUILDS}, not '${text}'`)
}
