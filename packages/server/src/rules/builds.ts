import { resources, type Update } from '@clipflight/contract'
import type { Consequence, Prospect, Rules } from './rule.ts'

const { buildBetaDetails } = resources

/**
 * Once export compliance is answered, a build that waited for the answer is ready.
 * Unverified: the states it goes to; fastlane waits for it to leave MISSING_EXPORT_COMPLIANCE (evidence 6.1).
 */
const complianceMakesTheBuildReady: Consequence<Update> = async (update, build, transaction, team) => {
  if (update.attributes.usesNonExemptEncryption === undefined || update.attributes.usesNonExemptEncryption === null)
    return
  const detail = await transaction.find(buildBetaDetails, team, build.id)
  if (detail?.internalBuildState !== 'MISSING_EXPORT_COMPLIANCE') return
  await transaction.update(buildBetaDetails, team, detail.id, {
    internalBuildState: 'READY_FOR_BETA_TESTING',
    externalBuildState: 'READY_FOR_BETA_SUBMISSION',
  })
}

/** Nobody tests an expired build. Unverified: that both states say so. */
const NOT_TESTED = { internalBuildState: 'EXPIRED', externalBuildState: 'EXPIRED' }

const anExpiredBuildIsNotTested: Consequence<Update> = async (update, build, transaction, team) => {
  if (update.attributes.expired !== true) return
  const detail = await transaction.find(buildBetaDetails, team, build.id)
  if (detail === undefined) return
  await transaction.update(buildBetaDetails, team, detail.id, NOT_TESTED)
}

/** A build that nobody has expired does so on its date. */
const aBuildExpiresOnItsDate: Prospect = async ({ id, expired, expirationDate }, transaction, team) => {
  if (expired === true || typeof expirationDate !== 'number') return
  const change = { builds: { expired: true }, buildBetaDetails: NOT_TESTED }
  await transaction.schedule({ team, id, at: expirationDate, build: id, change })
}

export const buildRules: Rules = {
  updated: [complianceMakesTheBuildReady, anExpiredBuildIsNotTested],
  prospects: [aBuildExpiresOnItsDate],
}
