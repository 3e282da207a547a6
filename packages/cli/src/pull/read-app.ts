import type { Client, List, RawDocument, RawResource } from '@clipflight/client'
import { builds, resources } from '@clipflight/contract'
import type { Warn } from '../connection/key-file.ts'
import { createGathered, type Gathered } from '../seed/gathered.ts'
import { countRelated } from '../target/count-related.ts'
import { findApp, type App } from '../target/find-app.ts'
import { WITH_TITLES } from '../target/find-invocation.ts'
import { ifAbsent } from '../target/if-absent.ts'
import type { Progress } from '../terminal/progress.ts'

export interface PullOptions {
  /** By its bundle id, name or id. */
  readonly app: string
  /** How many of the newest builds, 200 at most. */
  readonly builds: number
}

interface Reading {
  readonly client: Client
  readonly progress: Progress
  readonly warn: Warn
  readonly gathered: Gathered
}

const { betaBuildLocalizations, betaGroups, buildBundles } = builds.relationships

const WITH_ALL_AROUND = {
  include: [
    'preReleaseVersion',
    'buildBetaDetail',
    'betaAppReviewSubmission',
    'betaBuildLocalizations',
    'betaGroups',
    'buildBundles',
  ],
  // As many as the service answers at once.
  limits: {
    betaBuildLocalizations: betaBuildLocalizations.includeLimit,
    betaGroups: betaGroups.includeLimit,
    buildBundles: buildBundles.includeLimit,
  },
} as const

/** As many as an answer holds. */
const WHOLE_PAGE = { limit: 200 } as const

/**
 * Reads an app with its newest builds, and everything that a seed file holds around them. Four requests, one more for
 * each bundle, and three more for each App Clip.
 */
export async function readApp(
  { client, progress, warn }: Omit<Reading, 'gathered'>,
  { app: named, builds }: PullOptions,
): Promise<{ readonly app: App; readonly gathered: Gathered }> {
  const gathered = createGathered()
  const reading = { client, progress, warn, gathered }
  const app = await findApp(client, named)
  const { type, id, ...attributes } = app
  gathered.add({ data: { type, id, attributes } })
  await addList(reading, app, 'appClips', client.apps.appClips(id, WHOLE_PAGE))
  await addList(reading, app, 'betaGroups', client.betaGroups.list({ filter: { app: id }, ...WHOLE_PAGE }))
  const { document } = await client.builds
    .list({ filter: { app: id }, sort: ['-uploadedDate'], limit: builds, ...WITH_ALL_AROUND })
    .page()
  gathered.add(document)
  const found = [document.data ?? []].flat()
  warnOfMissing(warn, found, WITH_ALL_AROUND.limits)
  const { included = [] } = document
  gathered.link(
    app,
    'preReleaseVersions',
    included.filter((each) => each.type === resources.preReleaseVersions.type),
  )
  const bundles = included.filter((each) => each.type === resources.buildBundles.type)
  for (const [index, bundle] of bundles.entries()) {
    progress.say(`Reading bundle ${index + 1} of ${bundles.length} in ${found.length} builds …`)
    await readBundle(reading, bundle)
  }
  return { app, gathered }
}

async function readBundle(reading: Reading, bundle: RawResource): Promise<void> {
  const { buildBundles } = reading.client
  const { id, attributes } = bundle
  const sizes = buildBundles.buildBundleFileSizes(id, WHOLE_PAGE)
  await addList(reading, bundle, 'buildBundleFileSizes', sizes).catch(ifAbsent(undefined))
  if (attributes?.['bundleType'] !== 'APP_CLIP') return
  const invocations = buildBundles.betaAppClipInvocations(id, { ...WITH_TITLES, ...WHOLE_PAGE })
  const added = addList(reading, bundle, 'betaAppClipInvocations', invocations, WITH_TITLES.limits)
  await added.catch(ifAbsent(undefined))
  await addStatus(reading, bundle, 'appClipDomainCacheStatus')
  await addStatus(reading, bundle, 'appClipDomainDebugStatus')
}

async function addList(
  { gathered, warn }: Reading,
  parent: { readonly type: string; readonly id: string },
  relationship: string,
  list: List<unknown>,
  limits: Readonly<Record<string, number>> = {},
): Promise<void> {
  let page = await list.page()
  for (;;) {
    gathered.addBelow(parent, relationship, page.document)
    warnOfMissing(warn, [page.document.data ?? []].flat(), limits)
    if (page.next === undefined) return
    page = await page.next()
  }
}

async function addStatus(
  { client, gathered }: Reading,
  bundle: RawResource,
  relationship: 'appClipDomainCacheStatus' | 'appClipDomainDebugStatus',
): Promise<void> {
  const status = await client.buildBundles[relationship](bundle.id).catch(ifAbsent(null))
  if (status !== null) gathered.addBelow(bundle, relationship, documentOf(status))
}

function documentOf({ document }: { readonly document: RawDocument }): RawDocument {
  return document
}

/** Included resources have no pages: of more than an answer holds, the rest cannot be read. */
function warnOfMissing(warn: Warn, found: readonly RawResource[], limits: Readonly<Record<string, number>>): void {
  for (const raw of found) {
    for (const name of Object.keys(limits)) {
      const { read, total } = countRelated(raw, name)
      if (total > read) warn(`${raw.type} ${raw.id} has ${total} of '${name}', and ${read} of them can be read`)
    }
  }
}
