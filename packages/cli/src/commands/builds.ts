import { Option, type Command } from 'commander'
import { builds as buildsResource, PAGE_LIMIT_MAX } from '@clipflight/contract'
import { wrongUsage } from '../command-error.ts'
import { formatTime } from '../print/format-time.ts'
import type { Column } from '../print/table.ts'
import { findApp } from '../target/find-app.ts'
import { BUILD_INCLUDES, findBuild, namedApp, versionFilter, type FoundBuild } from '../target/find-build.ts'
import { addAppOption, addBuildOptions, addVersionOptions, type BuildOptions } from '../target/options.ts'
import { online } from './online.ts'
import { addExamples } from './options.ts'
import { addTimeoutOption } from './timeout-option.ts'

type State = FoundBuild['processingState']

interface ListOptions extends BuildOptions {
  readonly state?: State
  readonly limit: number
}

interface WaitOptions extends BuildOptions {
  readonly timeout: number
}

const COLUMNS: readonly Column<FoundBuild>[] = [
  { title: 'BUILD', text: ({ version }) => version },
  { title: 'VERSION', text: ({ preReleaseVersion }) => preReleaseVersion.version },
  { title: 'PLATFORM', text: ({ preReleaseVersion }) => preReleaseVersion.platform },
  { title: 'STATE', text: ({ processingState, expired }) => (expired ? 'EXPIRED' : processingState) },
  { title: 'UPLOADED', text: ({ uploadedDate }) => formatTime(uploadedDate) },
  { title: 'APP CLIP', text: ({ buildBundles }) => clipOf(buildBundles) },
  { title: 'ID', text: ({ id }) => id, whole: true, spare: true },
]

const FIELDS: readonly Column<FoundBuild>[] = [
  { title: 'Build', text: ({ version }) => version },
  { title: 'Version', text: ({ preReleaseVersion }) => preReleaseVersion.version },
  { title: 'Platform', text: ({ preReleaseVersion }) => preReleaseVersion.platform },
  { title: 'State', text: ({ processingState }) => processingState },
  { title: 'Uploaded', text: ({ uploadedDate }) => formatTime(uploadedDate) },
  { title: 'Expires', text: ({ expirationDate, expired }) => (expired ? 'expired' : formatTime(expirationDate)) },
  { title: 'App Clip', text: ({ buildBundles }) => clipOf(buildBundles) },
  { title: 'Id', text: ({ id }) => id },
]

/** The noun `builds`. */
export function addBuilds(program: Command): void {
  const builds = program
    .command('builds')
    .description('See the builds of an app, and wait for one that is being processed.')
  addList(builds)
  addGet(builds)
  addWait(builds)
}

function addList(builds: Command): void {
  const list = builds.command('list').summary('list builds').description('List the builds of an app, the newest first.')
  addVersionOptions(addAppOption(list))
  list
    .addOption(
      new Option('--state <state>', 'only builds in this state').choices(
        buildsResource.attributes.processingState.kind.values ?? [],
      ),
    )
    .addOption(new Option('--limit <number>', 'at most so many').default(50).argParser(toCount))
  online<ListOptions>(list, async ({ client, printer }, options) => {
    const { state, limit } = options
    const app = await findApp(client, namedApp(options))
    const found: FoundBuild[] = []
    const pages = client.builds.list({
      filter: {
        app: app.id,
        ...versionFilter(options),
        ...(state === undefined ? {} : { processingState: state }),
      },
      sort: ['-uploadedDate'],
      include: BUILD_INCLUDES,
      limit: Math.min(limit, PAGE_LIMIT_MAX),
    })
    for await (const build of pages) {
      found.push(build)
      if (found.length >= limit) break
    }
    await printer.list(found, found, COLUMNS, `${app.bundleId} has no such builds.`)
  })
  addExamples(
    list,
    ['builds list --app com.example.coffee', 'the newest fifty'],
    ['builds list --app com.example.coffee --version 1.4 --state VALID', 'those of version 1.4 that can be tested'],
  )
}

function addGet(builds: Command): void {
  const get = builds
    .command('get')
    .summary('see one build')
    .description('See one build.')
    .argument('[build]', 'its number or id, or latest')
  addBuildOptions(get)
  online<BuildOptions>(get, async ({ client, printer }, options, [named]) => {
    const build = await findBuild(client, withName(options, named))
    await printer.one(build, build, FIELDS)
  })
  addExamples(
    get,
    ['builds get 42 --app com.example.coffee', 'by its number'],
    ['builds get latest --app com.example.coffee --version 1.4', 'the newest of version 1.4'],
  )
}

function addWait(builds: Command): void {
  const wait = builds
    .command('wait')
    .summary('wait until a build is processed')
    .description(
      'Wait until a build is processed. One that is named by its number may yet be uploaded. Ends with 1 when the build turns out invalid, or when the time is up.',
    )
    .argument('[build]', 'its number or id, or latest')
  addTimeoutOption(addBuildOptions(wait))
  online<WaitOptions>(wait, async ({ client, printer, progress }, options, [named]) => {
    const { waitForBuild } = await import('../target/wait-for-build.ts')
    const build = await waitForBuild(client, withName(options, named), {
      progress,
      timeoutMilliseconds: options.timeout,
    })
    await printer.one(build, build, FIELDS)
  })
  addExamples(
    wait,
    ['builds wait 43 --app com.example.coffee --timeout 45m', 'after an upload, before the invocations are changed'],
    ['builds wait --app com.example.coffee', 'for the newest build'],
  )
}

/** A build may be named as an argument or by `--build`. */
function withName<O extends BuildOptions>(options: O, named: string | undefined): O {
  if (named === undefined) return options
  if (options.build !== undefined && options.build !== named)
    throw wrongUsage(`Two builds are named: ${named}, and ${options.build} with --build`)
  return { ...options, build: named }
}

function clipOf(bundles: FoundBuild['buildBundles']): string | undefined {
  const clips = bundles.filter(({ bundleType }) => bundleType === 'APP_CLIP')
  return clips.map(({ bundleId }) => bundleId).join(', ')
}

function toCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (count > 0) return count
  throw wrongUsage(`--limit must be a whole number from 1 on, not '${text}'`)
}
