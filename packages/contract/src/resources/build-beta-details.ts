import { attribute, defineResource, equals, toOne } from '../define-resource.ts'
import { boolean, oneOf } from '../kinds.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'

/** How far a build has come in TestFlight. https://developer.apple.com/documentation/appstoreconnectapi/buildbetadetail */
export const buildBetaDetails = defineResource({
  type: 'buildBetaDetails',
  schema: { one: 'BuildBetaDetail', many: 'BuildBetaDetails' },
  description: 'How far a build has come on its way to internal and external testers.',
  attributes: {
    autoNotifyEnabled: attribute(boolean, { update: 'optional', initial: true }),
    internalBuildState: attribute(
      oneOf(
        [
          'PROCESSING',
          'PROCESSING_EXCEPTION',
          'MISSING_EXPORT_COMPLIANCE',
          'READY_FOR_BETA_TESTING',
          'IN_BETA_TESTING',
          'EXPIRED',
          'IN_EXPORT_COMPLIANCE_REVIEW',
        ],
        'InternalBetaState',
      ),
      { initial: { byRule: true } },
    ),
    externalBuildState: attribute(
      oneOf(
        [
          'PROCESSING',
          'PROCESSING_EXCEPTION',
          'MISSING_EXPORT_COMPLIANCE',
          'READY_FOR_BETA_TESTING',
          'IN_BETA_TESTING',
          'EXPIRED',
          'READY_FOR_BETA_SUBMISSION',
          'IN_EXPORT_COMPLIANCE_REVIEW',
          'WAITING_FOR_BETA_REVIEW',
          'IN_BETA_REVIEW',
          'BETA_REJECTED',
          'BETA_APPROVED',
          'NOT_APPLICABLE',
        ],
        'ExternalBetaState',
      ),
      { initial: { byRule: true } },
    ),
  },
  relationships: {
    build: toOne('builds', { create: 'required', related: { include: true }, linkage: { read: true } }),
  },
  operations: {
    list: { roles: TESTFLIGHT_READERS, filters: { build: equals(), id: equals() } },
    get: { roles: TESTFLIGHT_READERS },
    update: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['build']],
  // Unverified: that the ids are the same (evidence 4.2).
  ids: { sameAs: 'build' },
})
