import { attribute, defineResource, equals, foreignMany, foreignOne, linksOnly, toMany } from '../define-resource.ts'
import { boolean, bundleIdText, oneOf, text } from '../kinds.ts'
import { PLATFORM } from '../platform.ts'
import { ROLES } from '../roles.ts'

const STATUS_URL_VERSION = oneOf(['V1', 'V2'], 'SubscriptionStatusUrlVersion')

/** The states below belong to App Store versions and reviews, which the service does not carry: they only check filters. */
const APP_STORE_STATES = [
  'ACCEPTED',
  'DEVELOPER_REMOVED_FROM_SALE',
  'DEVELOPER_REJECTED',
  'IN_REVIEW',
  'INVALID_BINARY',
  'METADATA_REJECTED',
  'PENDING_APPLE_RELEASE',
  'PENDING_CONTRACT',
  'PENDING_DEVELOPER_RELEASE',
  'PREPARE_FOR_SUBMISSION',
  'PREORDER_READY_FOR_SALE',
  'PROCESSING_FOR_APP_STORE',
  'READY_FOR_REVIEW',
  'READY_FOR_SALE',
  'REJECTED',
  'REMOVED_FROM_SALE',
  'WAITING_FOR_EXPORT_COMPLIANCE',
  'WAITING_FOR_REVIEW',
  'REPLACED_WITH_NEW_VERSION',
  'NOT_APPLICABLE',
] as const

const APP_VERSION_STATES = [
  'ACCEPTED',
  'DEVELOPER_REJECTED',
  'IN_REVIEW',
  'INVALID_BINARY',
  'METADATA_REJECTED',
  'PENDING_APPLE_RELEASE',
  'PENDING_DEVELOPER_RELEASE',
  'PREPARE_FOR_SUBMISSION',
  'PROCESSING_FOR_DISTRIBUTION',
  'READY_FOR_DISTRIBUTION',
  'READY_FOR_REVIEW',
  'REJECTED',
  'REPLACED_WITH_NEW_VERSION',
  'WAITING_FOR_EXPORT_COMPLIANCE',
  'WAITING_FOR_REVIEW',
] as const

const REVIEW_SUBMISSION_STATES = [
  'READY_FOR_REVIEW',
  'WAITING_FOR_REVIEW',
  'IN_REVIEW',
  'UNRESOLVED_ISSUES',
  'CANCELING',
  'COMPLETING',
  'COMPLETE',
] as const

const listed = { related: { include: false }, linkage: { read: true } } as const

/** An app of a team. https://developer.apple.com/documentation/appstoreconnectapi/app */
export const apps = defineResource({
  type: 'apps',
  schema: { one: 'App', many: 'Apps' },
  description: 'An app of a team, by its bundle id.',
  attributes: {
    accessibilityUrl: attribute(text({ format: 'uri' }), { nullable: true }),
    name: attribute(text()),
    bundleId: attribute(bundleIdText),
    sku: attribute(text(), { nullable: true }),
    primaryLocale: attribute(text(), { initial: 'en-US' }),
    isOrEverWasMadeForKids: attribute(boolean, { initial: false }),
    subscriptionStatusUrl: attribute(text({ format: 'uri' }), { nullable: true }),
    subscriptionStatusUrlVersion: attribute(STATUS_URL_VERSION, { nullable: true }),
    subscriptionStatusUrlForSandbox: attribute(text({ format: 'uri' }), { nullable: true }),
    subscriptionStatusUrlVersionForSandbox: attribute(STATUS_URL_VERSION, { nullable: true }),
    contentRightsDeclaration: attribute(oneOf(['DOES_NOT_USE_THIRD_PARTY_CONTENT', 'USES_THIRD_PARTY_CONTENT']), {
      nullable: true,
    }),
    streamlinedPurchasingEnabled: attribute(boolean, { nullable: true }),
  },
  relationships: {
    accessibilityDeclarations: linksOnly(),
    appEncryptionDeclarations: foreignMany('appEncryptionDeclarations'),
    appStoreIcon: foreignOne('buildIcons', { links: 'none' }),
    ciProduct: foreignOne('ciProducts'),
    betaTesters: linksOnly('self'),
    betaGroups: toMany('betaGroups', { inverse: 'app', ...listed }),
    // Real clients ask for these with `include`; there are never any (evidence 6.1).
    appStoreVersions: foreignMany('appStoreVersions'),
    appTags: linksOnly(),
    preReleaseVersions: toMany('preReleaseVersions', { inverse: 'app', ...listed }),
    betaAppLocalizations: foreignMany('betaAppLocalizations'),
    builds: toMany('builds', { inverse: 'app', ...listed }),
    betaLicenseAgreement: foreignOne('betaLicenseAgreements'),
    betaAppReviewDetail: foreignOne('betaAppReviewDetails'),
    appInfos: foreignMany('appInfos'),
    appClips: toMany('appClips', {
      inverse: 'app',
      related: { include: true, filters: { bundleId: equals() } },
      linkage: { read: true },
    }),
    appPricePoints: linksOnly(),
    endUserLicenseAgreement: foreignOne('endUserLicenseAgreements'),
    appPriceSchedule: linksOnly(),
    appAvailabilityV2: linksOnly(),
    inAppPurchases: foreignMany('inAppPurchases', { deprecated: true }),
    subscriptionGroups: foreignMany('subscriptionGroups'),
    gameCenterEnabledVersions: foreignMany('gameCenterEnabledVersions', { deprecated: true }),
    perfPowerMetrics: linksOnly('related'),
    appCustomProductPages: foreignMany('appCustomProductPages'),
    inAppPurchasesV2: foreignMany('inAppPurchases'),
    promotedPurchases: foreignMany('promotedPurchases'),
    appEvents: foreignMany('appEvents'),
    reviewSubmissions: foreignMany('reviewSubmissions'),
    subscriptionGracePeriod: foreignOne('subscriptionGracePeriods'),
    customerReviews: linksOnly(),
    customerReviewSummarizations: linksOnly('related'),
    gameCenterDetail: foreignOne('gameCenterDetails'),
    appStoreVersionExperimentsV2: foreignMany('appStoreVersionExperiments'),
    alternativeDistributionKey: linksOnly(),
    analyticsReportRequests: linksOnly(),
    marketplaceSearchDetail: linksOnly(),
    buildUploads: linksOnly(),
    backgroundAssets: linksOnly(),
    betaFeedbackScreenshotSubmissions: linksOnly(),
    betaFeedbackCrashSubmissions: linksOnly(),
    searchKeywords: linksOnly(),
    webhooks: linksOnly(),
    androidToIosAppMappingDetails: foreignMany('androidToIosAppMappingDetails'),
  },
  operations: {
    list: {
      roles: ROLES,
      filters: {
        // Observed: names match loosely, and a bundle id matches longer ones too (evidence 4.5).
        name: { match: 'contains' },
        bundleId: { match: 'starts with' },
        sku: equals(),
        'appStoreVersions.appStoreState': equals({ values: APP_STORE_STATES, deprecated: true }),
        'appStoreVersions.platform': equals({ values: PLATFORM.values ?? [] }),
        'appStoreVersions.appVersionState': equals({ values: APP_VERSION_STATES }),
        'reviewSubmissions.state': equals({ values: REVIEW_SUBMISSION_STATES }),
        'reviewSubmissions.platform': equals({ values: PLATFORM.values ?? [] }),
        appStoreVersions: equals(),
        id: equals(),
      },
      exists: { gameCenterEnabledVersions: { deprecated: true } },
      sort: ['name', 'bundleId', 'sku'],
    },
    get: { roles: ROLES },
  },
  readers: ROLES,
  unique: [['bundleId']],
  ids: 'number',
})
