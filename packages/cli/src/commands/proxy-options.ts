import { APPLE_HOST } from '@clipflight/contract'
import { readTarget, SERVICE_OPTIONS, writeTarget, type Config, type Options, type Target } from '@clipflight/server'
import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import { addServiceOptions, readServiceConfig, type Presets } from './service-options.ts'

/** What verbs with a proxy take. */
export interface ProxyOptions extends Options {
  readonly allow?: readonly Target[]
}

/** Several run side by side, and standard output is not the service's. */
const PRESETS: Presets = { port: '0', output: undefined }

/** Adds the options of the service, and `--allow`. */
export function addProxyOptions(command: Command): Command {
  const allow = new Option(
    '--allow <host>',
    'let connections to a host through, untouched; may be given again. Port 443, or host:port',
  )
  command.addOption(allow.argParser(collectAllowed))
  return addServiceOptions(command, PRESETS)
}

export function readProxyConfig({ allow: _allow, ...options }: ProxyOptions, environment: NodeJS.ProcessEnv): Config {
  return readServiceConfig(options, environment, PRESETS)
}

/** Reads one `--allow` into those before it. */
function collectAllowed(text: string, before: readonly Target[] = []): readonly Target[] {
  const target = readTarget(text)
  if (target === undefined) throw wrongUsage(`--allow must be a host or host:port, not '${text}'`)
  if (target.host === APPLE_HOST)
    throw wrongUsage(`--allow ${text}: connections to App Store Connect are those that Clipflight answers itself`)
  return [...before, target]
}

/** The options as they would be given on a command line. */
export function toWords({ allow = [], ...options }: ProxyOptions): readonly string[] {
  return [
    ...SERVICE_OPTIONS.flatMap(({ name, flag }) => (options[name] ? [flag, options[name]] : [])),
    ...allow.flatMap((target) => ['--allow', writeTarget(target)]),
  ]
}

/** The flags given that only a service that is started here would heed. */
export function flagsForNewService(options: ProxyOptions): readonly string[] {
  return SERVICE_OPTIONS.filter(({ name }) => name !== 'dataDir' && options[name]).map(({ flag }) => flag)
}
