import type { Client } from '@clipflight/client'
import { LOCALES } from '@clipflight/contract'
import { Argument, Option, type Command } from 'commander'
import { wrongUsage } from '../command-error.ts'
import { findInvocation, findLocalization } from '../target/find-invocation.ts'
import { isId } from '../target/is-id.ts'
import { addBundleOptions, type BundleOptions } from '../target/options.ts'
import { online } from './online.ts'
import { addExamples } from './options.ts'
import { readLocale } from './titles.ts'

interface LocalizationOptions extends BundleOptions {
  readonly invocation?: string
}

interface TitleOptions extends LocalizationOptions {
  readonly title: string
}

interface DeleteOptions extends LocalizationOptions {
  readonly yes?: boolean
}

/** The noun `localizations`. */
export function addLocalizations(program: Command): void {
  const localizations = program
    .command('localizations')
    .description('Change the titles of an invocation: what testers see for it, in their languages.')
  addCreate(localizations)
  addUpdate(localizations)
  addDelete(localizations)
}

function addCreate(localizations: Command): void {
  const create = localizations
    .command('create')
    .summary('add a title')
    .description('Add a title in a language that the invocation has none in.')
    .addArgument(new Argument('<locale>', 'the language').choices(LOCALES).argParser(readLocale))
    .requiredOption('--title <title>', 'what testers see')
  addInvocationOption(create)
  online<TitleOptions>(create, async ({ client, printer }, options, [locale = '']) => {
    const invocation = await findNamedInvocation(client, options)
    const created = await client.betaAppClipInvocationLocalizations.create({
      betaAppClipInvocation: invocation.id,
      locale,
      title: options.title,
    })
    await printer.done(created, `Added '${created.title}' in ${created.locale} to ${invocation.url}`)
  })
  addExamples(create, [
    "localizations create de-DE --title 'Vorbestellen' --invocation https://example.com/order --app com.example.coffee",
    'to an invocation of the newest build',
  ])
}

function addUpdate(localizations: Command): void {
  const update = localizations
    .command('update')
    .summary('change a title')
    .description('Change a title.')
    .argument('<localization>', 'its locale or id')
    .requiredOption('--title <title>', 'what testers see instead')
  addInvocationOption(update)
  online<TitleOptions>(update, async ({ client, printer }, options, [name = '']) => {
    const { id } = await findNamedLocalization(client, name, options)
    const after = await client.betaAppClipInvocationLocalizations.update(id, { title: options.title })
    await printer.done(after, `Changed the title in ${after.locale} to '${after.title}'`)
  })
  addExamples(update, [
    "localizations update de-DE --title 'Jetzt bestellen' --invocation https://example.com/order --app com.example.coffee",
    'of an invocation of the newest build',
  ])
}

function addDelete(localizations: Command): void {
  const remove = localizations
    .command('delete')
    .summary('remove a title')
    .description('Remove a title. Asks first.')
    .argument('<localization>', 'its locale or id')
    .option('-y, --yes', 'do not ask')
  addInvocationOption(remove)
  online<DeleteOptions>(remove, async ({ client, printer, progress }, options, [name = '']) => {
    const { id, words } = await findNamedLocalization(client, name, options)
    progress.stop()
    const { confirm } = await import('../terminal/ask.ts')
    await confirm(`Remove ${words}?`, options.yes)
    progress.resume()
    await client.betaAppClipInvocationLocalizations.delete(id)
    await printer.done({ deleted: { type: 'betaAppClipInvocationLocalizations', id } }, `Deleted ${words}`)
  })
  addExamples(remove, [
    'localizations delete de-DE --invocation https://example.com/order --app com.example.coffee --yes',
    'without asking',
  ])
}

function addInvocationOption(command: Command): void {
  command.addOption(new Option('--invocation <invocation>', 'URL or id of the invocation that the title is of'))
  addBundleOptions(command)
}

function findNamedInvocation(client: Client, options: LocalizationOptions) {
  const { invocation } = options
  if (invocation !== undefined) return findInvocation(client, invocation, options)
  throw wrongUsage('The invocation is not named', 'Name it with --invocation: its URL or id.')
}

/** A title by its id alone, which no endpoint reads, or by its locale in an invocation. */
async function findNamedLocalization(
  client: Client,
  name: string,
  options: LocalizationOptions,
): Promise<{ readonly id: string; readonly words: string }> {
  if (isId(name) && options.invocation === undefined) return { id: name, words: `the title ${name}` }
  const invocation = await findNamedInvocation(client, options)
  const { id, locale, title } = findLocalization(invocation, name)
  return { id, words: `'${title}' in ${locale} from ${invocation.url}` }
}
