import { randomUUID } from 'node:crypto'
import { refuse, resources } from '@clipflight/contract'
import type { Input, MadeBuild } from '@clipflight/control'
import { once } from '../timing/once.ts'
import { statesOf } from '../rules/builds.ts'
import type { Reader, Row, Transaction } from '../storage/storage.ts'
import { addBundles } from './add-bundles.ts'
import { addRow } from './add-row.ts'
import { findTeam } from './find-team.ts'
import { nextBuildNumber } from './next-build-number.ts'
import type { ControlParts } from './parts.ts'
import type { Upload } from './upload.ts'

const SECOND_MILLISECONDS = 1000
/** Older builds than so many of one app and platform are not looked at for the highest number. */
const MOST_BUILDS = 1000

/** A build, with its bundles, as an upload brings it: in processing first, if it is told to take a while. */
export async function addBuild(parts: ControlParts, input: Input<'createBuild'>): Promise<MadeBuild> {
  const { storage, clock, faults, schedule } = parts
  const { team } = input
  await findTeam(storage, team)
  await findApp(storage.reader, team, input.app)
  const upload: Upload = {
    ...input,
    now: clock.now(),
    platform: input.platform ?? 'IOS',
    carryOver: input.carryOver ?? parts.carryOver,
    // Once: the database may ask to run it all again.
    staysInProcessing: once(() => faults.keepsProcessing(team)),
  }
  const made = await storage.write((transaction) => save(transaction, upload))
  faults.hideBuild(team, [made.build, ...made.bundles.map(({ id }) => id)])
  await schedule.reload()
  return made
}

async function findApp(reader: Reader, team: number, idOrBundleId: string): Promise<Row> {
  const byBundleId = { by: 'attribute', attribute: 'bundleId', match: 'equals', values: [idOrBundleId] } as const
  const { rows } = await reader.list(resources.apps, team, { conditions: [byBundleId], sort: [], limit: 1 })
  const found = rows[0] ?? (await reader.find(resources.apps, team, idOrBundleId))
  return (
    found ??
    refuse({ code: 'NOT_FOUND', detail: `Team ${team} has no app with the id or bundle id '${idOrBundleId}'.` })
  )
}

async function save(transaction: Transaction, upload: Upload): Promise<MadeBuild> {
  const { team, now } = upload
  const app = await findApp(transaction, team, upload.app)
  // Uploads of an app take turns: each counts its number up from the one before.
  await transaction.lock(resources.apps, team, app.id)
  const earlier = await earlierBuilds(transaction, upload, app)
  const buildNumber = upload.buildNumber ?? nextBuildNumber(earlier.map(({ version }) => String(version)))
  const preReleaseVersion = await findOrAddVersion(transaction, upload, app)
  await refuseKnown(transaction, upload, preReleaseVersion, buildNumber)
  const { minOsVersion, usesNonExemptEncryption } = upload
  const { seconds = 0, result = 'VALID' } = upload.processing ?? {}
  const staysInProcessing = upload.staysInProcessing()
  const processingState = staysInProcessing || seconds > 0 ? 'PROCESSING' : result
  const build = await addRow(transaction, team, now, resources.builds, {
    attributes: { version: buildNumber, minOsVersion, usesNonExemptEncryption, processingState },
    links: { app: app.id, preReleaseVersion },
  })
  await addRow(transaction, team, now, resources.buildBetaDetails, {
    attributes: { ...statesOf({ processingState, usesNonExemptEncryption }) },
    links: { build },
  })
  if (!staysInProcessing && seconds > 0) {
    const at = now + seconds * SECOND_MILLISECONDS
    const change = { builds: { processingState: result } }
    await transaction.schedule({ team, id: randomUUID(), at, build, change })
  }
  const bundles = await addBundles(transaction, upload, app, build, earlier[0])
  return { build, buildNumber, preReleaseVersion, processingState, bundles }
}

/** Newest first. */
async function earlierBuilds(reader: Reader, { team, platform }: Upload, app: Row): Promise<readonly Row[]> {
  const { rows } = await reader.list(resources.builds, team, {
    conditions: [
      { by: 'relationship', relationship: 'app', values: [app.id] },
      { by: 'related attribute', relationship: 'preReleaseVersion', attribute: 'platform', values: [platform] },
    ],
    sort: [{ attribute: 'uploadedDate', descending: true }],
    limit: MOST_BUILDS,
  })
  return rows
}

async function refuseKnown(
  reader: Reader,
  { team, version }: Upload,
  preReleaseVersion: string,
  buildNumber: string,
): Promise<void> {
  const { rows } = await reader.list(resources.builds, team, {
    conditions: [
      { by: 'relationship', relationship: 'preReleaseVersion', values: [preReleaseVersion] },
      { by: 'attribute', attribute: 'version', match: 'equals', values: [buildNumber] },
    ],
    sort: [],
    limit: 1,
  })
  if (rows.length === 0) return
  refuse({
    code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.DUPLICATE',
    detail: `The build ${buildNumber} of version ${version} already exists.`,
    source: { pointer: '/buildNumber' },
  })
}

async function findOrAddVersion(transaction: Transaction, upload: Upload, app: Row): Promise<string> {
  const { team, version, platform, now } = upload
  const { rows } = await transaction.list(resources.preReleaseVersions, team, {
    conditions: [
      { by: 'relationship', relationship: 'app', values: [app.id] },
      { by: 'attribute', attribute: 'platform', match: 'equals', values: [platform] },
      { by: 'attribute', attribute: 'version', match: 'equals', values: [version] },
    ],
    sort: [],
    limit: 1,
  })
  if (rows[0] !== undefined) return rows[0].id
  const links = { app: app.id }
  return addRow(transaction, team, now, resources.preReleaseVersions, { attributes: { version, platform }, links })
}
