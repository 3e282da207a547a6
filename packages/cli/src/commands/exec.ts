import type { Command } from 'commander'
import { openWay } from '../proxy/open-way.ts'
import { runProgram } from '../proxy/run-program.ts'
import { changed, variablesFor } from '../proxy/variables.ts'
import { writeNotice } from '../proxy/write-notice.ts'
import { addExamples } from './options.ts'
import { addProxyOptions, flagsForNewService, readProxyConfig, type ProxyOptions } from './proxy-options.ts'

/** The verb `exec`: runs any command with what it sends to App Store Connect going to a service here. */
export function addExec(program: Command): void {
  const exec = program
    .command('exec')
    .summary('run a command against a service here instead of Apple')
    .description(
      'Run a command, unchanged for Apple, with its requests to App Store Connect going to a service on this machine: the one that runs with the data directory, or one that is started for the command and ends with it. Connections to other hosts are refused.',
    )
    .usage('[options] -- <command...>')
    .argument('<command...>', 'the command and its arguments')
    .passThroughOptions()
  addProxyOptions(exec)
  addExamples(
    exec,
    ['exec -- fastlane pilot distribute', 'with demo data, and a key to it in the variables that fastlane reads'],
    ['exec --seed team.yaml -- npm test', 'with data of your own (docs/seed-files.md)'],
    ['exec --allow rubygems.org -- bundle exec fastlane beta', 'with one more host let through'],
  )
  exec.action(runExec)
}

async function runExec(words: readonly string[], options: ProxyOptions): Promise<void> {
  const { env } = process
  const way = await openWay(readProxyConfig(options, env), {
    allowed: options.allow ?? [],
    unused: flagsForNewService(options),
    environment: env,
    log: writeNotice,
  })
  try {
    process.exitCode = await runProgram(words, changed(env, variablesFor(way, env)))
  } finally {
    await way.close()
  }
}
