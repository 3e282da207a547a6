import { PAGE_LIMIT_MAX } from '@clipflight/contract'
import type { Command } from 'commander'
import type { Column } from '../print/table.ts'
import { findApp, type App } from '../target/find-app.ts'
import { online } from './online.ts'
import { addExamples } from './options.ts'

const COLUMNS: readonly Column<App>[] = [
  { title: 'BUNDLE ID', text: ({ bundleId }) => bundleId },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'SKU', text: ({ sku }) => sku },
  { title: 'ID', text: ({ id }) => id, whole: true },
]

const FIELDS: readonly Column<App>[] = [
  { title: 'Name', text: ({ name }) => name },
  { title: 'Bundle id', text: ({ bundleId }) => bundleId },
  { title: 'SKU', text: ({ sku }) => sku },
  { title: 'Primary locale', text: ({ primaryLocale }) => primaryLocale },
  { title: 'Id', text: ({ id }) => id },
]

/** The noun `apps`. */
export function addApps(program: Command): void {
  const apps = program.command('apps').description('See the apps that the key sees.')

  const list = apps.command('list').summary('list apps').description('List the apps that the key sees, by name.')
  online(list, async ({ client, printer }) => {
    const found = await Array.fromAsync(client.apps.list({ sort: ['name'], limit: PAGE_LIMIT_MAX }))
    await printer.list(found, found, COLUMNS, 'This key sees no apps.')
  })
  addExamples(
    list,
    ['apps list', 'the apps of the profile in use'],
    ["apps list -o json | jq -r '.[].bundleId'", 'their bundle ids, for a script'],
  )

  const get = apps
    .command('get')
    .summary('see one app')
    .description('See one app.')
    .argument('<app>', 'its bundle id, name or id')
  online(get, async ({ client, printer }, _options, [name = '']) => {
    const app = await findApp(client, name)
    await printer.one(app, app, FIELDS)
  })
  addExamples(get, ['apps get com.example.coffee', 'by its bundle id'], ["apps get 'Example Coffee'", 'by its name'])
}
