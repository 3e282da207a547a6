import {
  attribute,
  defineResource,
  equals,
  foreignMany,
  foreignOne,
  linksOnly,
  toMany,
  toOne,
} from '../define-resource.ts'
import { boolean, instant, integer, objectOf, oneOf, text, versionText } from '../kinds.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'
import { betaGroupBuilds } from './beta-group-builds.ts'

/** A build lasts 90 days in TestFlight. Documented: https://developer.apple.com/testflight/ */
const BUILD_LIFETIME_DAYS = 90

/** One uploaded binary. https://developer.apple.com/documentation/appstoreconnectapi/build */
export const builds = defineResource({
  type: 'builds',
  schema: { one: 'Build', many: 'Builds' },
  description: 'One uploaded binary of an app, as TestFlight offers it.',
  attributes: {
    version: attribute(versionText),
    uploadedDate: attribute(instant, { initial: { days: 0 } }),
    expirationDate: attribute(instant, { initial: { days: BUILD_LIFETIME_DAYS, after: 'uploadedDate' } }),
    expired: attribute(boolean, { update: 'optional', initial: false }),
    minOsVersion: attribute(text(), { nullable: true }),
    lsMinimumSystemVersion: attribute(text(), { nullable: true }),
    computedMinMacOsVersion: attribute(text(), { nullable: true }),
    computedMinVisionOsVersion: attribute(text(), { nullable: true }),
    iconAssetToken: attribute(objectOf({ templateUrl: text(), width: integer, height: integer }, 'ImageAsset'), {
      nullable: true,
    }),
    processingState: attribute(oneOf(['PROCESSING', 'FAILED', 'INVALID', 'VALID']), { initial: 'VALID' }),
    buildAudienceType: attribute(oneOf(['INTERNAL_ONLY', 'APP_STORE_ELIGIBLE'], 'BuildAudienceType'), {
      initial: 'APP_STORE_ELIGIBLE',
    }),
    usesNonExemptEncryption: attribute(boolean, { update: 'optional', nullable: true }),
  },
  relationships: {
    preReleaseVersion: toOne('preReleaseVersions', {
      create: 'required',
      related: { include: false },
      linkage: { read: true },
    }),
    individualTesters: foreignMany('betaTesters'),
    // Only a `self` link: what groups a build is in is written there and read nowhere (evidence 4.3).
    betaGroups: toMany('betaGroups', {
      through: betaGroupBuilds,
      linkage: { add: { roles: TESTFLIGHT_MANAGERS }, remove: { roles: TESTFLIGHT_MANAGERS } },
    }),
    betaBuildLocalizations: toMany('betaBuildLocalizations', {
      inverse: 'build',
      shortName: 'localizations',
      related: { include: false },
      linkage: { read: true },
    }),
    appEncryptionDeclaration: foreignOne('appEncryptionDeclarations'),
    betaAppReviewSubmission: toOne('betaAppReviewSubmissions', { inverse: 'build', links: 'self and related' }),
    app: toOne('apps', { create: 'required', related: { include: false }, linkage: { read: true } }),
    buildBetaDetail: toOne('buildBetaDetails', {
      inverse: 'build',
      twin: true,
      related: { include: true },
      linkage: { read: true },
    }),
    appStoreVersion: foreignOne('appStoreVersions'),
    icons: foreignMany('buildIcons'),
    buildBundles: toMany('buildBundles', { inverse: 'build' }),
    buildUpload: foreignOne('buildUploads', { links: 'none' }),
    perfPowerMetrics: linksOnly('related'),
    diagnosticSignatures: linksOnly(),
  },
  operations: {
    list: {
      roles: TESTFLIGHT_READERS,
      filters: {
        version: equals(),
        expired: equals(),
        processingState: equals(),
        'betaAppReviewSubmission.betaReviewState': equals(),
        usesNonExemptEncryption: equals(),
        'preReleaseVersion.version': equals(),
        'preReleaseVersion.platform': equals(),
        buildAudienceType: equals(),
        preReleaseVersion: equals(),
        app: equals(),
        betaGroups: equals(),
        appStoreVersion: equals(),
        id: equals(),
      },
      exists: { usesNonExemptEncryption: {} },
      // Unverified: that `version` sorts as text, and `preReleaseVersion` by the text of its version.
      sort: ['version', 'uploadedDate', { name: 'preReleaseVersion', by: 'version' }],
    },
    get: { roles: TESTFLIGHT_READERS },
    update: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['preReleaseVersion', 'version']],
})
