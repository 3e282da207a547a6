import { resources, type RowValue } from '@clipflight/contract'
import type { MadeBuild } from '@clipflight/control'
import type { Reader, Row, Transaction } from '../storage/storage.ts'
import { addRow } from './add-row.ts'
import { copyInvocations } from './copy-invocations.ts'
import type { Upload } from './upload.ts'

/** More than a build or an app has. */
const EVERY = 1000

/** Gives a build the bundles that its upload names, or those of the build before, or those of the app. */
export async function addBundles(
  transaction: Transaction,
  upload: Upload,
  app: Row,
  build: string,
  previous: Row | undefined,
): Promise<MadeBuild['bundles']> {
  const { team, now } = upload
  const before = previous === undefined ? [] : await bundlesOfBuild(transaction, team, previous)
  const wanted = upload.bundles ?? (before.length > 0 ? before : await bundlesOfApp(transaction, team, app))
  const made: MadeBuild['bundles'] = []
  for (const attributes of wanted) {
    const { bundleId, bundleType = 'APP' } = attributes
    const status = await copyStatus(transaction, upload, attributes)
    const id = await addRow(transaction, team, now, resources.buildBundles, {
      attributes,
      links: { build, ...(status === undefined ? {} : { appClipDomainCacheStatus: status }) },
    })
    const twin = before.find((row) => row.bundleId === bundleId && row.bundleType === bundleType)
    const invocations =
      upload.carryOver && twin !== undefined ? await copyInvocations(transaction, team, now, twin, id) : 0
    made.push({
      id,
      bundleId: typeof bundleId === 'string' ? bundleId : null,
      bundleType: String(bundleType),
      invocations,
    })
  }
  return made
}

async function bundlesOfBuild(reader: Reader, team: number, build: Row): Promise<readonly Row[]> {
  const found = await reader.related(resources.builds, 'buildBundles', team, [build], EVERY)
  return found.get(build.id)?.rows ?? []
}

/** The status of the domains of a bundle's likeness; undefined when it has none. */
async function copyStatus(
  transaction: Transaction,
  { team, now }: Upload,
  { appClipDomainCacheStatus: status }: Readonly<Record<string, RowValue>>,
): Promise<string | undefined> {
  if (typeof status !== 'string') return undefined
  const row = await transaction.find(resources.appClipDomainStatuses, team, status)
  return row && addRow(transaction, team, now, resources.appClipDomainStatuses, { attributes: row, links: {} })
}

/** Of an app without builds: itself, and its App Clips. */
async function bundlesOfApp(
  reader: Reader,
  team: number,
  app: Row,
): Promise<readonly Readonly<Record<string, RowValue>>[]> {
  const { rows } = await reader.list(resources.appClips, team, {
    conditions: [{ by: 'relationship', relationship: 'app', values: [app.id] }],
    sort: [],
    limit: EVERY,
  })
  return [
    { bundleId: app.bundleId, bundleType: 'APP' },
    ...rows.map(({ bundleId }) => ({ bundleId, bundleType: 'APP_CLIP' })),
  ]
}
