import { clientHeaders, readOf, readOfAny, serve, type Clipflight } from './clipflight.ts'
import { firstId, type Data } from './data.ts'
import { atLeast, count, type Part } from './findings.ts'
import { failuresOf, ratesTable } from './measure-rates.ts'
import type { Plan } from './options.ts'
import { alternate, outcomeOf, say } from './rounds.ts'

const GROWTH_TARGET = 0.9
/** Pages of equal cost come out a few percent apart. */
const DEPTH_TARGET = 0.9

const PAGE_ROWS = 50
const LIST = `/v1/builds?limit=${PAGE_ROWS}&sort=-uploadedDate`

/** The same reads on a small and on a large database, and pages of a long list near its start and deep in it. */
export async function measureGrowth(plan: Plan, small: Data, large: Data): Promise<Part> {
  await using servers = new AsyncDisposableStack()
  const onSmall = servers.use(await serve(small.dataDir))
  const onLarge = servers.use(await serve(large.dataDir))
  const reads = await compareReads(plan, { small, large, onSmall, onLarge })
  const pages = await comparePages(plan, onLarge)
  return { findings: [...reads.findings, ...pages.findings], tables: [...reads.tables, ...pages.tables] }
}

interface Sizes {
  readonly small: Data
  readonly large: Data
  readonly onSmall: Clipflight
  readonly onLarge: Clipflight
}

/** The same request, which is answered from the same few pages again, and others all over the database. */
async function compareReads(plan: Plan, { small, large, onSmall, onLarge }: Sizes): Promise<Part> {
  const few = `among ${count(small.invocations.count)} invocations`
  const many = `among ${count(large.invocations.count)} invocations`
  const names = { same: (among: string) => `the same one, ${among}`, random: (among: string) => `random ids, ${among}` }
  say('GET with more data:')
  const outcomes = await alternate(
    [
      { name: names.same(few), load: () => readOf(onSmall, firstId(small.invocations)) },
      { name: names.same(many), load: () => readOf(onLarge, firstId(large.invocations)) },
      { name: names.random(few), load: () => readOfAny(onSmall, small.invocations) },
      { name: names.random(many), load: () => readOfAny(onLarge, large.invocations) },
    ],
    plan,
  )
  const ratio = (name: (among: string) => string) =>
    outcomeOf(outcomes, name(many)).perSecond / outcomeOf(outcomes, name(few)).perSecond
  return {
    findings: [
      atLeast(`GET of one invocation ${many}: rate, of that ${few}`, ratio(names.same), GROWTH_TARGET),
      atLeast(`GET of random ids ${many}: rate, of that ${few}`, ratio(names.random), GROWTH_TARGET),
      ...failuresOf(outcomes),
    ],
    tables: [{ ...ratesTable('The same GET with more data', outcomes, names.same(few)), note: databaseNote(large) }],
  }
}

function databaseNote({ bytes, seconds, invocations }: Data): string {
  const rows = `${count(invocations.count)} invocations with three titles each, three on a bundle, a bundle on a build`
  return `The large database: ${rows}; ${(bytes / 1e9).toFixed(2)} GB, filled in ${seconds.toFixed(0)} s.`
}

async function comparePages(plan: Plan, server: Clipflight): Promise<Part> {
  const first = 'page 1'
  const second = 'page 2'
  const deep = `page ${count(plan.deepPage)}`
  const { urls, total } = await walkTo(server, plan.deepPage)
  const pages = new Map([
    [first, urls.first],
    [second, urls.second],
    [deep, urls.deep],
  ])
  say(`Pages of ${LIST}:`)
  const outcomes = await alternate(
    [...pages].map(([name, url]) => ({ name, load: () => ({ url, headers: clientHeaders(server) }) })),
    plan,
  )
  const rateOf = (name: string) => outcomeOf(outcomes, name).perSecond
  return {
    findings: [
      atLeast(
        `List of ${count(total)} builds: rate of ${deep}, of ${first}'s`,
        rateOf(deep) / rateOf(first),
        DEPTH_TARGET,
      ),
      atLeast(
        `List of ${count(total)} builds: rate of ${deep}, of ${second}'s`,
        rateOf(deep) / rateOf(second),
        DEPTH_TARGET,
      ),
      ...failuresOf(outcomes),
    ],
    tables: [
      {
        ...ratesTable(`Pages of \`${LIST}\``, outcomes, second),
        note: 'The first page also counts all rows, for `meta.paging.total`; the cursor carries that number on.',
      },
    ],
  }
}

interface Walk {
  readonly urls: { readonly first: string; readonly second: string; readonly deep: string }
  readonly total: number
}

/** Follows `links.next` up to a page, as a client would. */
async function walkTo(server: Clipflight, page: number): Promise<Walk> {
  const first = `${server.url}${LIST}`
  let [url, second, total] = [first, '', 0]
  for (let at = 1; at < page; at += 1) {
    const document = await readPage(server, url)
    if (document.links.next === undefined) throw new Error(`The list of builds ends with page ${at}`)
    url = document.links.next
    if (at === 1) [second, total] = [url, document.meta.paging.total]
  }
  return { urls: { first, second, deep: url }, total }
}

interface PageDocument {
  readonly links: { readonly next?: string }
  readonly meta: { readonly paging: { readonly total: number } }
}

async function readPage(server: Clipflight, url: string): Promise<PageDocument> {
  const response = await fetch(url, { headers: clientHeaders(server) })
  if (!response.ok) throw new Error(`${url} answers ${response.status}`)
  return (await response.json()) as PageDocument
}
