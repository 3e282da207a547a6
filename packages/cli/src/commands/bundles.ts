import type { Command } from 'commander'
import type { Column } from '../print/table.ts'
import { findBuild } from '../target/find-build.ts'
import type { FoundBundle } from '../target/find-bundle.ts'
import { addBuildOptions, type BuildOptions } from '../target/options.ts'
import { online } from './online.ts'
import { addExamples } from './options.ts'

const COLUMNS: readonly Column<FoundBundle>[] = [
  { title: 'TYPE', text: ({ bundleType }) => bundleType },
  { title: 'BUNDLE ID', text: ({ bundleId }) => bundleId },
  { title: 'FILE', text: ({ fileName }) => fileName },
  { title: 'MINIMUM OS', text: ({ minimumOsVersion }) => minimumOsVersion },
  { title: 'ID', text: ({ id }) => id, whole: true, spare: true },
]

/** The noun `bundles`. */
export function addBundles(program: Command): void {
  const bundles = program
    .command('bundles')
    .description('See the executables in a build: the app, its App Clip, its watch app.')

  const list = bundles
    .command('list')
    .summary('list what a build holds')
    .description('List the executables in a build.')
  addBuildOptions(list)
  online<BuildOptions>(list, async ({ client, printer }, options) => {
    const { version, buildBundles } = await findBuild(client, options)
    await printer.list(buildBundles, buildBundles, COLUMNS, `Build ${version} holds nothing yet.`)
  })
  addExamples(
    list,
    ['bundles list --app com.example.coffee', 'in the newest build'],
    ['bundles list --app com.example.coffee --build 42', 'in build 42'],
  )
}
