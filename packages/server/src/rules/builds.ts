import { resources, type Update } from '@clipflight/contract'
import type { Consequence, Rules } from './rule.ts'

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
const anExpiredBuildIsNotTested: Consequence<Update> = async (update, build, transaction, team) => {
  if (update.attributes.expired !== true) return
  const detail = await transaction.find(buildBetaDetails, team, build.id)
  if (detail === undefined) return
  await transaction.update(buildBetaDetails, team, detail.id, {
    internalBuildState: 'EXPIRED',
    externalBuildState: 'EXPIRED',
  })
}

export const buildRules: Rules = { updated: [complianceMakesTheBuildReady, anExpiredBuildIsNotTested] }
