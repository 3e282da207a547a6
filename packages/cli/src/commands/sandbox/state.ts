import type { Command } from 'commander'
import { sayWritten } from '../../project/say-written.ts'
import { writeNewFile } from '../../project/write-new-file.ts'
import { onlyTeam } from '../../control/find-team.ts'
import { addExamples } from '../options.ts'
import { controlledTeam, controlledWithOwnOutput, type TeamOptions } from './controlled.ts'
import { readSeedText, sendSeed } from './read-seed-text.ts'

interface ExportOptions extends TeamOptions {
  readonly out?: string
  readonly force?: true
}

/** The verb `sandbox seed`. */
export function addSeed(sandbox: Command): void {
  const seed = sandbox
    .command('seed')
    .summary('replace the data of a team')
    .description('Replace the data of a team by that of a seed, to which resets lead from then on. Keys stay.')
    .argument('<file>', 'demo, none, or a seed file with one team')
  controlledTeam(seed, async ({ control, printer, team }, _options, [named = '']) => {
    const text = readSeedText(named)
    await sendSeed(named, () => control.seedTeam({ team, seed: text }))
    await printer.done({ seeded: { team } }, `Team ${team} has the data of ${named}`)
  })
  addExamples(seed, ['sandbox seed team.yaml', 'the data of a file (docs/seed-files.md)'])
}

/** The verb `sandbox reset`. */
export function addReset(sandbox: Command): void {
  const reset = sandbox
    .command('reset')
    .summary('back to the seed')
    .description('Bring a team back to its seed. Its faults, and its requests in the log, are gone; keys stay.')
  controlledTeam(reset, async ({ control, printer, team }) => {
    await control.resetTeam({ team })
    await printer.done({ reset: { team } }, `Team ${team} is as its seed has it`)
  })
  addExamples(reset, ['sandbox reset', 'the only team, between two tests'])
}

/** The verb `sandbox export`. */
export function addExport(sandbox: Command): void {
  const command = sandbox
    .command('export')
    .summary('write the data as a seed file')
    .description(
      'Write the data of a team, or of all, as a seed file. Planted elsewhere it gives the same, ids included.',
    )
    .option('--team <team>', 'number or name of a team; all unless said')
    .option('--out <file>', 'write it there')
    .option('--force', 'overwrite that file')
  controlledWithOwnOutput<ExportOptions>(command, async ({ control, progress }, options) => {
    const text = await control.exportSeed(await onlyTeam(control, options.team))
    progress.stop()
    if (options.out !== undefined) {
      writeNewFile(options.out, text, options.force)
      process.stderr.write(sayWritten(options.out))
      return
    }
    const { guardYaml } = await import('../../print/write-data-yaml.ts')
    process.stdout.write(guardYaml(text))
  })
  addExamples(command, ['sandbox export --out team.yaml', 'a file for `clipflight serve --seed`'])
}
