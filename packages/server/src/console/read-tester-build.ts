import { refuse, resources, type Resource, type RowValue } from '@clipflight/contract'
import type { Input, Output, TesterBuild } from '@clipflight/control'
import type { Asking } from '../control/console-side.ts'
import type { Reader, Row } from '../storage/storage.ts'
import type { ConsoleParts } from './parts.ts'
import { hashSecret, SECRET } from '../secrets.ts'

const { apps, builds, buildBundles, betaAppClipInvocations, preReleaseVersions } = resources

/** More than a build has of anything. */
const EVERY = 1000

/** What a link opens: one build of its team, and nothing that leads on from there. */
export async function readTesterBuild(
  { storage, schedule, now }: ConsoleParts,
  _asking: Asking,
  { token }: Input<'readTesterBuild'>,
): Promise<Output<'readTesterBuild'>> {
  const link = SECRET.test(token) ? await storage.findTesterLink(hashSecret(token)) : undefined
  if (link !== undefined) await schedule.catchUp(link.team)
  const found =
    link === undefined ? undefined : await storage.read((reader) => readBuild(reader, link.team, link.build))
  if (found === undefined) return refuse({ code: 'NOT_FOUND', detail: 'The link opens nothing, or not any more.' })
  return { now: new Date(now()).toISOString(), ...found }
}

async function readBuild(reader: Reader, team: number, id: string): Promise<Omit<TesterBuild, 'now'> | undefined> {
  const related = async (resource: Resource, relationship: string, parents: readonly Row[]) =>
    parents.length === 0
      ? new Map<string, { readonly rows: readonly Row[] }>()
      : reader.related(resource, relationship, team, parents, EVERY)
  const build = await reader.find(builds, team, id)
  if (build === undefined) return undefined
  const app = await reader.find(apps, team, textOf(build['app']))
  const version = await reader.find(preReleaseVersions, team, textOf(build['preReleaseVersion']))
  const notes = await related(builds, 'betaBuildLocalizations', [build])
  const bundles = (await related(builds, 'buildBundles', [build])).get(id)?.rows ?? []
  const byBundle = await related(buildBundles, 'betaAppClipInvocations', bundles)
  const invocations = bundles.flatMap((bundle) => byBundle.get(bundle.id)?.rows ?? [])
  const titles = await related(betaAppClipInvocations, 'betaAppClipInvocationLocalizations', invocations)
  const { uploadedDate, expirationDate, expired } = build
  return {
    app: { name: textOf(app?.['name']), bundleId: textOf(app?.['bundleId']) },
    version: textOf(version?.['version']),
    build: textOf(build['version']),
    platform: textOf(version?.['platform']),
    uploadedAt: toMoment(uploadedDate),
    expiresAt: toMoment(expirationDate),
    expired: expired === true,
    whatToTest: byLocale(notes.get(id)?.rows, 'whatsNew'),
    invocations: invocations.map((one) => ({
      url: textOf(one['url']),
      titles: byLocale(titles.get(one.id)?.rows, 'title'),
    })),
    appClipBundleIds: bundles
      .filter(({ bundleType }) => bundleType === 'APP_CLIP')
      .map(({ bundleId }) => textOf(bundleId)),
  }
}

/** Texts that were never written are left out. */
function byLocale(rows: readonly Row[] = [], attribute: string): Record<string, string> {
  return Object.fromEntries(
    rows.filter((row) => row[attribute] !== null).map((row) => [textOf(row['locale']), textOf(row[attribute])]),
  )
}

function textOf(value: RowValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function toMoment(value: RowValue | undefined): string | null {
  return typeof value === 'number' ? new Date(value).toISOString() : null
}
