import { Option, type Command } from 'commander'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { DATA_FORMATS, writeData, type DataFormat } from '../print/write-data.ts'
import { addBundleOptions, type BundleOptions } from '../target/options.ts'
import { addConnectionOptions, addExamples } from './options.ts'

interface ExportOptions extends BundleOptions, ConnectionOptions {
  readonly file?: string
  readonly force?: boolean
  readonly output: DataFormat
}

/** The verb `export`: writes the file that a build's invocations come from. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('Write the invocations of a build as a clipflight.yaml, to the output unless a file is named.')
    .option('-f, --file <file>', 'write this file instead')
    .option('--force', 'overwrite it')
    .addOption(
      new Option('-o, --output <format>', 'in which form; either can be planned from')
        .choices(DATA_FORMATS)
        .default('yaml'),
    )
  addConnectionOptions(addBundleOptions(command)).action((options: ExportOptions) => runExport(options))
  addExamples(
    command,
    ['export --app com.example.coffee --build 42', 'what build 42 has'],
    ['export --app com.example.coffee --file clipflight.yaml', 'to begin with what the newest build has'],
  )
}

async function runExport(options: ExportOptions): Promise<void> {
  const [{ exportBuild }, { toFileContent, writeInvocationsFile }, { refuseExisting, writeNewFile }, { withService }] =
    await Promise.all([
      import('../apply/export-build.ts'),
      import('@clipflight/plan/file'),
      import('../project/write-new-file.ts'),
      import('./with-service.ts'),
    ])
  const { file, force, output } = options
  if (file !== undefined) refuseExisting(file, force)
  await withService(options, async (service) => {
    const exported = await exportBuild(service, options)
    // As YAML it is the file, with the comment for editors.
    const text =
      output === 'yaml' ? writeInvocationsFile([exported]) : await writeData(toFileContent([exported]), output)
    service.progress.stop()
    if (file === undefined) {
      const { guardYaml } = await import('../print/write-data-yaml.ts')
      process.stdout.write(output === 'yaml' ? guardYaml(text) : text)
      return
    }
    writeNewFile(file, text, force)
    process.stderr.write(`Wrote ${file}: ${exported.name}, ${exported.invocations.length} invocations\n`)
  })
}
