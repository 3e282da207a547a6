import { resources, type RowValue, type Update } from '@clipflight/contract'
import type { Row } from '../storage/storage.ts'
import type { Beginning, Consequence, Prospect, Rules, UpdateRule } from './rule.ts'

const { betaAppReviewSubmissions, buildBetaDetails } = resources

/** Unverified: that nothing brings an expired build back. Apple's document lets `false` be sent, and says no more. */
const anExpiredBuildStaysSo: UpdateRule = ({ attributes }, { expired }) =>
  expired === true && attributes['expired'] === false
    ? [
        {
          code: 'ENTITY_ERROR.ATTRIBUTE.INVALID',
          detail: 'A build that has expired cannot be made available again.',
          source: { pointer: '/data/attributes/expired' },
        },
      ]
    : []

/** How far a build has come to testers of either kind. */
interface BetaStates {
  readonly internalBuildState: string
  readonly externalBuildState: string
}

/**
 * How far a build has come that nobody has handed in, from what it says of itself.
 * Unverified: which states say that it was processed in vain, misses export compliance, is ready, or has expired.
 * fastlane waits for a build to leave MISSING_EXPORT_COMPLIANCE once that is answered (evidence 6.1).
 */
export function statesOf(build: Readonly<Record<string, RowValue | undefined>>): BetaStates {
  const { expired = false, processingState, usesNonExemptEncryption = null } = build
  if (expired === true) return both('EXPIRED')
  if (processingState === 'PROCESSING') return both('PROCESSING')
  if (processingState !== 'VALID') return both('PROCESSING_EXCEPTION')
  if (usesNonExemptEncryption === null) return both('MISSING_EXPORT_COMPLIANCE')
  return { internalBuildState: 'READY_FOR_BETA_TESTING', externalBuildState: 'READY_FOR_BETA_SUBMISSION' }
}

function both(state: string): BetaStates {
  return { internalBuildState: state, externalBuildState: state }
}

/** A build leaves them by itself; what it has come to since is somebody's doing, and stays. */
const ON_THE_WAY: readonly unknown[] = ['PROCESSING', 'MISSING_EXPORT_COMPLIANCE']
const AT_AN_END = ['EXPIRED', 'PROCESSING_EXCEPTION']

/** Whether nobody tests or reviews such a build any more, however far it had come. */
export function isAtAnEnd(build: Row): boolean {
  return AT_AN_END.includes(statesOf(build).externalBuildState)
}

const theStatesFollowTheBuild: Consequence<Update> = async (_update, build, transaction, team) => {
  const detail = await transaction.find(buildBetaDetails, team, build.id)
  if (detail === undefined) return
  const changes = Object.entries(statesOf(build)).filter(
    ([name]) => ON_THE_WAY.includes(detail[name]) || isAtAnEnd(build),
  )
  await transaction.update(buildBetaDetails, team, detail.id, Object.fromEntries(changes))
}

/**
 * Nobody reviews a build that was processed in vain. Unverified: that its submission says so, and by which of the four states;
 * REJECTED is the one that a client that waits for an end takes for one.
 */
const aFailedBuildIsNotReviewed: Consequence<Update> = async (_update, build, transaction, team) => {
  if (statesOf(build).externalBuildState !== 'PROCESSING_EXCEPTION') return
  // A submission has its build's id.
  const submission = await transaction.find(betaAppReviewSubmissions, team, build.id)
  if (submission?.betaReviewState !== 'WAITING_FOR_REVIEW') return
  await transaction.update(betaAppReviewSubmissions, team, submission.id, { betaReviewState: 'REJECTED' })
}

/** A build that nobody has expired does so on its date. */
const aBuildExpiresOnItsDate: Prospect = async ({ id, expired, expirationDate }, transaction, team) => {
  if (expired === true || typeof expirationDate !== 'number') return
  await transaction.schedule({ team, id, at: expirationDate, build: id, change: { builds: { expired: true } } })
}

/** A build that came otherwise than by an upload is as far as it says itself. */
const asFarAsItsBuild: Beginning = ({ build = { id: '' } }) => ({ ...statesOf(build) })

export const buildBetaDetailRules: Rules = { begins: asFarAsItsBuild }

export const buildRules: Rules = {
  update: [anExpiredBuildStaysSo],
  updated: [theStatesFollowTheBuild, aFailedBuildIsNotReviewed],
  prospects: [aBuildExpiresOnItsDate],
}
