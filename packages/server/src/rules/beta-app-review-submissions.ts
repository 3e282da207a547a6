import { resources, type Creation } from '@clipflight/contract'
import type { Consequence, Rules } from './rule.ts'

/** A build that was handed in waits for review. Unverified: that its state says so at once. */
const theBuildWaitsForReview: Consequence<Creation> = async (creation, _submission, transaction, team) => {
  const { build = '' } = creation.links
  const detail = await transaction.find(resources.buildBetaDetails, team, build)
  if (detail === undefined) return
  await transaction.update(resources.buildBetaDetails, team, detail.id, {
    externalBuildState: 'WAITING_FOR_BETA_REVIEW',
  })
}

export const betaAppReviewSubmissionRules: Rules = { created: [theBuildWaitsForReview] }
