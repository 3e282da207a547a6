import type { Command } from 'commander'
import { failed } from '../command-error.ts'
import { dataDirFlag } from '../connection/local-service.ts'
import { endWhenLost } from '../proxy/end-when-lost.ts'
import { openWay } from '../proxy/open-way.ts'
import { startInBackground } from '../proxy/start-in-background.ts'
import { findRunningProxy, processOf, removeProxyFile, writeProxyFile, type RunningProxy } from '../proxy/proxy-file.ts'
import { stopProxy } from '../proxy/stop-proxy.ts'
import { variablesBack, variablesFor, writeShell, type Way } from '../proxy/variables.ts'
import { wayTo } from '../proxy/way-to.ts'
import { writeNotice } from '../proxy/write-notice.ts'
import { closeOnSignals } from '../signals.ts'
import { addExamples } from './options.ts'
import { addProxyOptions, flagsForNewService, readProxyConfig, toWords, type ProxyOptions } from './proxy-options.ts'

interface Options extends ProxyOptions {
  readonly env?: true
  readonly stop?: true
}

/** The verb `proxy`: what `exec` does for a command, for as long as wanted. */
export function addProxy(program: Command): void {
  const proxy = program
    .command('proxy')
    .description(
      'Run the proxy of `exec` until SIGTERM or SIGINT, and print the variables that make clients use it, as a shell reads them.',
    )
    .option(
      '--env',
      'print the variables of the proxy that runs with the data directory; start one in the background if there is none',
    )
    .option('--stop', 'end that proxy; with --env, print what takes its variables from the shell')
  addProxyOptions(proxy)
  addExamples(
    proxy,
    ['proxy', 'in the foreground'],
    [
      'proxy --env >/dev/null && (umask 077 && clipflight proxy --env >.clipflight/env)',
      'in the background; a shell that reads this file goes through it. It holds a private key: only you can read it, and git ignores it',
    ],
    ['proxy --stop', 'ends it, and leaves its variables where they are'],
  )
  proxy.addHelpText(
    'after',
    `  $ eval "$(clipflight proxy --env)"\n      starts it if need be, and sends everything that this shell starts through it\n  $ eval "$(clipflight proxy --stop --env)"\n      ends it, and this shell is without its variables`,
  )
  proxy.action(runProxy)
}

async function runProxy(options: Options): Promise<void> {
  const { dataDir } = readProxyConfig(options, process.env)
  const running = await findRunningProxy(dataDir)
  if (options.stop === true) {
    await stopProxy(running, dataDir)
    if (options.env === true) takeVariablesBack(dataDir)
    else if (running !== undefined)
      writeNotice(
        `the proxy has ended. A shell that has its variables takes them off: eval "$(clipflight proxy --stop --env${dataDirFlag(dataDir)})"`,
      )
    return
  }
  if (options.env === true) return printEnvironment(options, dataDir, running)
  if (running === undefined) return runInForeground(options, dataDir)
  throw failed(
    `A proxy runs already with ${dataDir} (process ${processOf(running)})`,
    `Its variables: clipflight proxy --env${dataDirFlag(dataDir)}`,
    `To end it: clipflight proxy --stop${dataDirFlag(dataDir)}`,
  )
}

async function printEnvironment(options: Options, dataDir: string, running: RunningProxy | undefined): Promise<void> {
  if (running !== undefined && toWords({ ...options, dataDir: undefined }).length > 0)
    writeNotice('a proxy runs already, with the options that it was started with')
  const proxy = running ?? (await startInBackground(dataDir, toWords(options)))
  printVariables(await wayTo(proxy, dataDir, process.env))
}

async function runInForeground(options: Options, dataDir: string): Promise<void> {
  const way = await openWay(readProxyConfig(options, process.env), {
    allowed: options.allow ?? [],
    unused: flagsForNewService(options),
    environment: process.env,
    log: writeNotice,
  })
  const proxy = { url: way.proxyUrl, id: way.id }
  try {
    await writeProxyFile(dataDir, proxy)
  } catch (error) {
    // Nobody would find it, and it would keep the process from its end.
    await way.close()
    throw error
  }
  closeOnSignals(async () => {
    await way.close()
    await removeProxyFile(dataDir, proxy)
  })
  printVariables(way)
  writeNotice(
    `a proxy to ${way.serviceUrl} runs; in other shells: eval "$(clipflight proxy --env${dataDirFlag(dataDir)})". Ctrl-C ends it`,
  )
  if (process.send === undefined) return
  // Whoever started this in the background waits for it, and nobody looks after it from then on.
  process.send('ready')
  endWhenLost(dataDir, proxy)
}

function takeVariablesBack(dataDir: string): void {
  const variables = variablesBack(dataDir, process.env)
  if (variables.unset.length === 0) writeNotice(`this shell does not go through the proxy of ${dataDir}`)
  process.stdout.write(writeShell(variables))
}

function printVariables(way: Way): void {
  process.stdout.write(writeShell(variablesFor(way, process.env)))
}
