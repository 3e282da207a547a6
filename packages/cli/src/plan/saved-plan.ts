import type { Change, TitleInLocale, WantedInvocation } from '@clipflight/plan'
import { openJson, type JsonReader } from './open-json.ts'

/** Changes when a program of today could misread a plan of tomorrow. */
const FORMAT_VERSION = 1

/** What `plan --out` leaves for `apply`: for each app the changes, and what they were made for. */
export interface SavedPlan {
  readonly formatVersion: typeof FORMAT_VERSION
  readonly bundles: readonly BundlePlan[]
}

export interface BundlePlan {
  /** The app's bundle id. */
  readonly app: string
  /** Missing when only the bundle was named. */
  readonly build?: PlannedBuild
  /** Id of the build bundle that the invocations belong to. */
  readonly buildBundle: string
  /** Of the state that the changes begin with. */
  readonly fingerprint: string
  readonly changes: readonly Change[]
}

export interface PlannedBuild {
  readonly id: string
  readonly number: string
  /** Of the app, such as 1.4, where it is known. */
  readonly version?: string
}

/** A file is no plan that can be applied. The message says where it is wrong, a line for each place. */
export class SavedPlanRefused extends Error {
  override readonly name = 'SavedPlanRefused'
}

export function writeSavedPlan(bundles: readonly BundlePlan[]): string {
  const plan: SavedPlan = { formatVersion: FORMAT_VERSION, bundles }
  return `${JSON.stringify(plan, undefined, 2)}\n`
}

/** The plan in a file. Throws `SavedPlanRefused`; members that are not known are left out. */
export function readSavedPlan(text: string): SavedPlan {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new SavedPlanRefused(`not JSON: ${String(error instanceof Error ? error.message : error)}`)
  }
  const reader = openJson(json)
  const version = reader.member('formatVersion').value
  if (version !== FORMAT_VERSION) {
    throw new SavedPlanRefused(
      version === undefined
        ? `not a saved plan: it has no 'formatVersion'`
        : `formatVersion is ${JSON.stringify(version)}, and this program reads ${FORMAT_VERSION}: make the plan again`,
    )
  }
  const bundles = reader.member('bundles').list().map(readBundle)
  if (reader.problems.length > 0) throw new SavedPlanRefused(reader.problems.join('\n'))
  return { formatVersion: FORMAT_VERSION, bundles }
}

function readBundle(bundle: JsonReader): BundlePlan {
  return {
    app: bundle.member('app').text(),
    ...readBuild(bundle.member('build')),
    buildBundle: bundle.member('buildBundle').text(),
    fingerprint: bundle.member('fingerprint').text(),
    changes: bundle
      .member('changes')
      .list()
      .flatMap((change) => readChange(change) ?? []),
  }
}

function readBuild(build: JsonReader): Pick<BundlePlan, 'build'> {
  if (build.value === undefined) return {}
  const version = build.member('version')
  return {
    build: {
      id: build.member('id').text(),
      number: build.member('number').text(),
      ...(version.value === undefined ? {} : { version: version.text() }),
    },
  }
}

function readChange(change: JsonReader): Change | undefined {
  const op = change.member('op').oneOf(['create', 'update', 'delete'])
  const type = change.member('type').oneOf(['betaAppClipInvocations', 'betaAppClipInvocationLocalizations'])
  if (op === undefined || type === undefined) return undefined
  const why = change.member('why').text()
  const id = (): string => change.member('id').text()
  if (type === 'betaAppClipInvocations') {
    if (op === 'create') return { op, type, after: readInvocation(change.member('after')), why }
    if (op === 'delete') return { op, type, id: id(), before: readInvocation(change.member('before')), why }
    const url = (name: string): { readonly url: string } => ({ url: change.member(name).member('url').text() })
    return { op, type, id: id(), before: url('before'), after: url('after'), why }
  }
  const place = {
    type,
    betaAppClipInvocation: change.member('betaAppClipInvocation').text(),
    url: change.member('url').text(),
    why,
  }
  if (op === 'create') return { op, ...place, after: readTitle(change.member('after')) }
  const before = readTitle(change.member('before'))
  return op === 'delete'
    ? { op, ...place, id: id(), before }
    : { op, ...place, id: id(), before, after: readTitle(change.member('after')) }
}

function readInvocation(invocation: JsonReader): WantedInvocation {
  const titles = invocation
    .member('titles')
    .members()
    .map(([locale, title]) => [locale, title.text()])
  return { url: invocation.member('url').text(), titles: Object.fromEntries(titles) }
}

function readTitle(title: JsonReader): TitleInLocale {
  return { locale: title.member('locale').text(), title: title.member('title').text() }
}
