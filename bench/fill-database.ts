/** Fills a new database through the seam of the storage, as data.ts asks for it. Run with `--conditions=clipflight-source`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LOCALES, resources, type Resource, type RowValue } from '@clipflight/contract'
import { completeRow } from '../packages/server/src/operations/complete-row.ts'
import { newId } from '../packages/server/src/operations/new-id.ts'
import { openStorage } from '../packages/server/src/storage/open.ts'
import type { Transaction } from '../packages/server/src/storage/storage.ts'
import { APP_BUNDLE_ID, type Contents } from './data.ts'

interface Work extends Contents {
  readonly dataDir: string
  readonly keyId: string
  /** Where the lists of ids go. */
  readonly directory: string
}

const INVOCATIONS_PER_BUNDLE = 3
const BUNDLES_PER_TRANSACTION = 500
const TITLES: Readonly<Record<string, string>> = {
  'en-US': 'Order at the counter',
  'de-DE': 'An der Theke bestellen',
  ja: 'カウンターで注文',
}
const SECOND_MILLISECONDS = 1000

const { invocations, titles = 3, emptyBundles, dataDir, keyId, directory } = JSON.parse(process.argv[2] ?? '') as Work

const storage = await openStorage({ dataDir })
const key = await storage.findKey(keyId)
if (key === undefined) throw new Error(`${dataDir} has no key ${keyId}`)
const { team } = key
const now = Date.now()
const otherLocales = LOCALES.filter((locale) => !Object.hasOwn(TITLES, locale))
const otherTitles = otherLocales.map((locale) => [locale, `Order at the counter (${locale})`] as const)
const localized = [...Object.entries(TITLES), ...otherTitles].slice(0, titles)

/** Adds one resource, with the values that its definition gives to what is left out. */
async function add(
  transaction: Transaction,
  resource: Resource,
  attributes: Readonly<Record<string, RowValue>>,
  links: Readonly<Record<string, string>> = {},
): Promise<string> {
  const id = newId(resource, links)
  await transaction.insert(resource, team, completeRow({ resource, pointer: '', attributes, links }, id, links, now))
  return id
}

const parents = await storage.write(async (transaction) => {
  const app = await add(transaction, resources.apps, { name: 'Bench', bundleId: APP_BUNDLE_ID })
  const version = { version: '1.0', platform: 'IOS' }
  return { app, preReleaseVersion: await add(transaction, resources.preReleaseVersions, version, { app }) }
})

/** A build with an App Clip and as many invocations; returns the ids of the bundle and of those. */
async function addBuild(transaction: Transaction, index: number, count: number) {
  const attributes = { version: String(index), uploadedDate: now - index * SECOND_MILLISECONDS }
  const build = await add(transaction, resources.builds, attributes, parents)
  const ofBundle = { bundleId: `${APP_BUNDLE_ID}.Clip`, bundleType: 'APP_CLIP', fileName: 'BenchClip.app' }
  const bundle = await add(transaction, resources.buildBundles, ofBundle, { build })
  const made: string[] = []
  for (let place = 0; place < count; place += 1) {
    const url = `https://bench.example.com/shops/${index}/tables/${place}`
    const invocation = await add(transaction, resources.betaAppClipInvocations, { url }, { buildBundle: bundle })
    for (const [locale, title] of localized) {
      const link = { betaAppClipInvocation: invocation }
      await add(transaction, resources.betaAppClipInvocationLocalizations, { locale, title }, link)
    }
    made.push(invocation)
  }
  return { bundle, made }
}

const fullBundles = Math.ceil(invocations / INVOCATIONS_PER_BUNDLE)
const madeInvocations: string[] = []
const madeEmptyBundles: string[] = []
for (let index = 0; index < fullBundles + emptyBundles; index += BUNDLES_PER_TRANSACTION) {
  const end = Math.min(index + BUNDLES_PER_TRANSACTION, fullBundles + emptyBundles)
  await storage.write(async (transaction) => {
    for (let at = index; at < end; at += 1) {
      const left = at < fullBundles ? invocations - at * INVOCATIONS_PER_BUNDLE : 0
      const { bundle, made } = await addBuild(transaction, at, Math.min(left, INVOCATIONS_PER_BUNDLE))
      madeInvocations.push(...made)
      if (made.length === 0) madeEmptyBundles.push(bundle)
    }
  })
}
await storage.close()
writeFileSync(join(directory, 'invocations'), madeInvocations.join(''))
writeFileSync(join(directory, 'empty-bundles'), madeEmptyBundles.join(''))
