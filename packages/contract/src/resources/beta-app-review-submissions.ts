import { attribute, defineResource, equals, toOne } from '../define-resource.ts'
import { instant, oneOf } from '../kinds.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'

/** A build handed in for beta review. https://developer.apple.com/documentation/appstoreconnectapi/betaappreviewsubmission */
export const betaAppReviewSubmissions = defineResource({
  type: 'betaAppReviewSubmissions',
  schema: { one: 'BetaAppReviewSubmission', many: 'BetaAppReviewSubmissions' },
  description: 'A build handed in for beta review, so that external testers may have it.',
  attributes: {
    betaReviewState: attribute(oneOf(['WAITING_FOR_REVIEW', 'IN_REVIEW', 'REJECTED', 'APPROVED'], 'BetaReviewState'), {
      initial: 'WAITING_FOR_REVIEW',
    }),
    submittedDate: attribute(instant, { initial: { days: 0 } }),
  },
  relationships: {
    build: toOne('builds', { create: 'required', related: { include: false }, linkage: { read: true } }),
  },
  operations: {
    // The filter is required: evidence 5.4 no. 24.
    list: { roles: TESTFLIGHT_READERS, filters: { build: equals({ required: true }), betaReviewState: equals() } },
    get: { roles: TESTFLIGHT_READERS },
    create: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['build']],
  // Observed: evidence 4.2.
  ids: { sameAs: 'build' },
})
