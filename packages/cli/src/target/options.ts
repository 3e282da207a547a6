import type { ResultOf } from '@clipflight/client'
import { PLATFORM } from '@clipflight/contract'
import { Option, type Command } from 'commander'

/** Which build is meant. */
export interface BuildOptions {
  readonly app?: string
  readonly build?: string
  readonly version?: string
  readonly platform?: Platform
}

/** Which App Clip of which build is meant. */
export interface BundleOptions extends BuildOptions {
  readonly bundle?: string
}

type Platform = ResultOf<'preReleaseVersions'>['platform']

export const BUILD_HEADING = 'Which build:'

/** Adds `--app`. */
export function addAppOption(command: Command): Command {
  const option = new Option('--app <app>', 'bundle id, name or id of the app').env('CLIPFLIGHT_APP')
  return command.addOption(option.helpGroup(BUILD_HEADING))
}

/** Adds what tells builds of one number apart. */
export function addVersionOptions(command: Command): Command {
  const options = [
    new Option('--version <version>', 'only builds of this version, such as 1.4'),
    new Option('--platform <platform>', 'only builds for this platform').choices(PLATFORM.values ?? []),
  ]
  for (const option of options) command.addOption(option.helpGroup(BUILD_HEADING))
  return command
}

/** Adds `--build`, and what tells builds of one number apart. */
export function addBuildOption(command: Command): Command {
  const option = new Option('--build <build>', 'number or id of the build, or latest (default: latest)')
  return addVersionOptions(command.addOption(option.helpGroup(BUILD_HEADING)))
}

/** Adds `--bundle`. */
export function addBundleOption(command: Command): Command {
  const option = new Option('--bundle <bundle>', 'bundle id or id of the App Clip, where a build has several')
  return command.addOption(option.helpGroup(BUILD_HEADING))
}

/** Adds everything that names a build. */
export function addBuildOptions(command: Command): Command {
  return addBuildOption(addAppOption(command))
}

/** Adds those, and which App Clip. */
export function addBundleOptions(command: Command): Command {
  return addBundleOption(addBuildOptions(command))
}
