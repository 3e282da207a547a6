import { resources, type Creation } from '@clipflight/contract'
import { isAtAnEnd } from './builds.ts'
import type { Consequence, Rules } from './rule.ts'

/**
 * A build that was handed in waits for review. Unverified: that its state says so at once; and that one which has
 * expired or failed can be handed in (evidence 9), which leaves it as it is.
 */
const theBuildWaitsForReview: Consequence<Creation> = async (creation, _submission, transaction, team) => {
  const { build: id = '' } = creation.links
  const build = await transaction.find(resources.builds, team, id)
  const detail = await transaction.find(resources.buildBetaDetails, team, id)
  if (build === undefined || detail === undefined || isAtAnEnd(build)) return
  await transaction.update(resources.buildBetaDetails, team, detail.id, {
    externalBuildState: 'WAITING_FOR_BETA_REVIEW',
  })
}

export const betaAppReviewSubmissionRules: Rules = { created: [theBuildWaitsForReview] }
