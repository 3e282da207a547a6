// By itself: the schemas beside it would be loaded with every run.
import { presets } from '@clipflight/control/presets'
import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import { openWay } from '../proxy/open-way.ts'
import { runProgram } from '../proxy/run-program.ts'
import { setUpFaults } from '../proxy/set-up-faults.ts'
import { changed, variablesFor } from '../proxy/variables.ts'
import { writeNotice } from '../proxy/write-notice.ts'
import { addExamples } from './options.ts'
import { addProxyOptions, flagsForNewService, readProxyConfig, type ProxyOptions } from './proxy-options.ts'

interface ExecOptions extends ProxyOptions {
  readonly fault?: readonly string[]
}

const PRESETS = presets.map(({ name }) => name)

/** The verb `exec`: runs any command with what it sends to App Store Connect going to a service here. */
export function addExec(program: Command): void {
  const exec = program
    .command('exec')
    .description(
      'Run a command, unchanged for Apple, with its requests to App Store Connect going to a service on this machine: the one that runs with the data directory, or one that is started for the command and ends with it. Connections to other hosts are refused.',
    )
    .usage('[options] -- <command...>')
    .argument('<command...>', 'the command and its arguments')
    .passThroughOptions()
  exec.addOption(
    new Option(
      '--fault <preset>',
      'a fault of `clipflight sandbox faults presets`, while the command runs; may be given again',
    )
      .choices(PRESETS)
      .argParser(collectFault),
  )
  addProxyOptions(exec)
  addExamples(
    exec,
    ['exec -- fastlane pilot distribute', 'with demo data, and a key to it in the variables that fastlane reads'],
    ['exec --seed team.yaml -- npm test', 'with data of your own (docs/seed-files.md)'],
    ['exec --fault applied-500 -- npm test', 'the first creation is carried out, and answered with 500'],
    ['exec --allow rubygems.org -- bundle exec fastlane beta', 'with one more host let through'],
  )
  exec.action(runExec)
}

function collectFault(text: string, before: readonly string[] = []): readonly string[] {
  if (PRESETS.includes(text)) return [...before, text]
  throw wrongUsage(`There is no fault '${text}'`, `Those there are: ${PRESETS.join(', ')}.`)
}

async function runExec(words: readonly string[], { fault = [], ...options }: ExecOptions): Promise<void> {
  const { env } = process
  const way = await openWay(readProxyConfig(options, env), {
    allowed: options.allow ?? [],
    unused: flagsForNewService(options),
    environment: env,
    log: writeNotice,
  })
  try {
    const takeFaultsAway = await setUpFaults(way, fault)
    process.exitCode = await runProgram(words, changed(env, variablesFor(way, env)))
    await takeFaultsAway()
  } finally {
    await way.close()
  }
}
