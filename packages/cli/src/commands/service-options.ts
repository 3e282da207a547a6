import { BadOptions, readConfig, SERVICE_OPTIONS, type Config, type Options } from '@clipflight/server'
import { Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'

/** A default that a verb has instead of the service's, or `undefined` for an option that it does not have. */
export type Presets = Partial<Record<keyof Options, string | undefined>>

/** Adds the options of the service. */
export function addServiceOptions(command: Command, presets: Presets = {}): Command {
  for (const option of SERVICE_OPTIONS) {
    const { name, flag, placeholder, description, variable } = option
    const fallback = name in presets ? presets[name] : option.fallback
    if (name in presets && fallback === undefined) continue
    const preset = fallback === undefined ? '' : `default: ${fallback}, `
    command.addOption(new Option(`${flag} ${placeholder}`, `${description} (${preset}env: ${variable})`))
  }
  return command
}

/** What the options and the environment come to; `CLIPFLIGHT_OUTPUT` is not looked at. */
export function readServiceConfig(options: Options, environment: NodeJS.ProcessEnv, presets: Presets): Config {
  const { CLIPFLIGHT_OUTPUT: _output, ...others } = environment
  const missing = SERVICE_OPTIONS.filter(({ name, variable }) => !options[name] && !others[variable])
  const preset = missing.flatMap(({ name }) => (presets[name] === undefined ? [] : [[name, presets[name]] as const]))
  try {
    return readConfig({ ...options, ...Object.fromEntries(preset) }, others)
  } catch (error) {
    throw error instanceof BadOptions ? wrongUsage(error.message) : error
  }
}
