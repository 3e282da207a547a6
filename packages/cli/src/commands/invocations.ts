import { Option, type Command } from 'commander'
import type { FoundInvocation } from '../target/find-invocation.ts'
import { addBundleOptions, type BundleOptions } from '../target/options.ts'
import type { Column } from '../print/table.ts'
import { findBundleId } from '../target/find-bundle.ts'
import { findInvocation, listInvocationsOf } from '../target/find-invocation.ts'
import { addQr } from './invocations-qr.ts'
import { online } from './online.ts'
import { addExamples } from './options.ts'
import { collectTitle, type Titles } from './titles.ts'

interface CreateOptions extends BundleOptions {
  readonly title: Titles
}

interface UpdateOptions extends BundleOptions {
  readonly url: string
}

interface DeleteOptions extends BundleOptions {
  readonly yes?: boolean
}

/** A title of an invocation; the first of each also shows what the invocation is. */
interface Line {
  readonly invocation: FoundInvocation
  readonly title?: FoundInvocation['localizations'][number] | undefined
  readonly isFirst: boolean
}

const COLUMNS: readonly Column<Line>[] = [
  // What an invocation is named by, so never cut; its id is in the other formats, and in `get`.
  { title: 'URL', text: ({ invocation, isFirst }) => (isFirst ? invocation.url : ' '), whole: true },
  { title: 'LOCALE', text: ({ title }) => title?.locale },
  { title: 'TITLE', text: ({ title }) => title?.title },
]

const INVOCATION_ARGUMENT = ['<invocation>', 'its URL or id'] as const

/** The noun `invocations`. */
export function addInvocations(program: Command): void {
  const invocations = program
    .command('invocations')
    .description('See and change the App Clip invocations that testers of a build can launch from TestFlight.')
  addList(invocations)
  addGet(invocations)
  addCreate(invocations)
  addUpdate(invocations)
  addDelete(invocations)
  addQr(invocations)
}

function addList(invocations: Command): void {
  const list = invocations
    .command('list')
    .summary('list the invocations of a build')
    .description('List the invocations of a build, with their titles.')
  addBundleOptions(list)
  online<BundleOptions>(list, async ({ client, printer }, options) => {
    const found = await listInvocationsOf(client, options)
    await printer.list(found, found.flatMap(toLines), COLUMNS, 'The build has no invocations.')
  })
  addExamples(
    list,
    ['invocations list --app com.example.coffee', 'of the newest build'],
    ['invocations list --app com.example.coffee --build 42 -o yaml', 'of build 42, as YAML'],
  )
}

function addGet(invocations: Command): void {
  const get = invocations
    .command('get')
    .summary('see one invocation')
    .description('See one invocation, with its titles.')
    .argument(...INVOCATION_ARGUMENT)
  addBundleOptions(get)
  online<BundleOptions>(get, async ({ client, printer }, options, [name = '']) => {
    const found = await findInvocation(client, name, options)
    await printer.one(found, found, fieldsOf(found))
  })
  addExamples(get, ['invocations get https://example.com/order --app com.example.coffee', 'by its URL'])
}

function addCreate(invocations: Command): void {
  const create = invocations
    .command('create')
    .summary('add an invocation')
    .description('Add an invocation to a build, with at least one title.')
    .argument('<url>', 'the https URL that the App Clip is launched with')
    .addOption(
      new Option('--title <locale=title>', 'what testers see in one language; once for each')
        .argParser(collectTitle)
        .makeOptionMandatory(),
    )
  addBundleOptions(create)
  online<CreateOptions>(create, async ({ client, printer }, options, [url = '']) => {
    const buildBundle = await findBundleId(client, options)
    const created = await client.betaAppClipInvocations.create({ url, buildBundle, titles: options.title })
    await printer.done(created, `Added ${created.url}  (${created.id})`)
  })
  addExamples(create, [
    "invocations create https://example.com/order --app com.example.coffee --title en-US='Order ahead' --title de-DE='Vorbestellen'",
    'to the newest build, with titles in two languages',
  ])
}

function addUpdate(invocations: Command): void {
  const update = invocations
    .command('update')
    .summary('change the URL of an invocation')
    .description('Change the URL of an invocation. Testers keep it. Titles are changed with `localizations`.')
    .argument(...INVOCATION_ARGUMENT)
    .requiredOption('--url <url>', 'the URL to have instead')
  addBundleOptions(update)
  online<UpdateOptions>(update, async ({ client, printer }, options, [name = '']) => {
    const before = await findInvocation(client, name, options)
    const after = await client.betaAppClipInvocations.update(before.id, { url: options.url })
    await printer.done(after, `Changed ${before.url} to ${after.url}`)
  })
  addExamples(update, [
    'invocations update https://example.com/order --url https://example.com/menu --app com.example.coffee',
    'in the newest build',
  ])
}

function addDelete(invocations: Command): void {
  const remove = invocations
    .command('delete')
    .summary('take an invocation away')
    .description('Take an invocation and its titles away from testers. Asks first.')
    .argument(...INVOCATION_ARGUMENT)
    .option('-y, --yes', 'do not ask')
  addBundleOptions(remove)
  online<DeleteOptions>(remove, async ({ client, printer, progress }, options, [name = '']) => {
    const { type, id, url } = await findInvocation(client, name, options)
    progress.stop()
    const { confirm } = await import('../terminal/ask.ts')
    await confirm(`Take ${url} away from testers?`, options.yes)
    progress.resume()
    await client.betaAppClipInvocations.delete(id)
    await printer.done({ deleted: { type, id, url } }, `Deleted ${url}  (${id})`)
  })
  addExamples(remove, [
    'invocations delete https://example.com/order --app com.example.coffee --build 42 --yes',
    'from build 42, without asking',
  ])
}

function toLines(invocation: FoundInvocation): Line[] {
  const [first, ...rest] = invocation.localizations.toSorted(byLocale)
  return [{ invocation, title: first, isFirst: true }, ...rest.map((title) => ({ invocation, title, isFirst: false }))]
}

function fieldsOf({ localizations }: FoundInvocation): readonly Column<FoundInvocation>[] {
  return [
    { title: 'URL', text: ({ url }) => url },
    ...localizations.toSorted(byLocale).map(({ locale, title }) => ({ title: locale, text: () => title })),
    { title: 'Id', text: ({ id }) => id },
  ]
}

function byLocale(one: { readonly locale: string }, other: { readonly locale: string }): number {
  return one.locale < other.locale ? -1 : 1
}
