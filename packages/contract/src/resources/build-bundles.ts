import { attribute, defineResource, toMany, toOne } from '../define-resource.ts'
import { boolean, integer, listOf, mapOf, oneOf, text } from '../kinds.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'

const aStatus = {
  optional: true,
  includable: false,
  related: { include: false },
  linkage: { read: true },
} as const

/** One executable in a build: the app, its App Clip, its watch app. https://developer.apple.com/documentation/appstoreconnectapi/buildbundle */
export const buildBundles = defineResource({
  type: 'buildBundles',
  schema: { one: 'BuildBundle', many: 'BuildBundles' },
  description: 'One executable in a build: the app, its App Clip, or its watch app.',
  attributes: {
    bundleId: attribute(text(), { nullable: true }),
    bundleType: attribute(oneOf(['APP', 'APP_CLIP', 'WATCH_APP'], 'BuildBundleType'), { initial: 'APP' }),
    sdkBuild: attribute(text(), { nullable: true }),
    platformBuild: attribute(text(), { nullable: true }),
    fileName: attribute(text(), { nullable: true }),
    hasSirikit: attribute(boolean, { nullable: true }),
    hasOnDemandResources: attribute(boolean, { nullable: true }),
    hasPrerenderedIcon: attribute(boolean, { nullable: true }),
    usesLocationServices: attribute(boolean, { nullable: true }),
    isIosBuildMacAppStoreCompatible: attribute(boolean, { nullable: true }),
    includesSymbols: attribute(boolean, { nullable: true }),
    dSYMUrl: attribute(text({ format: 'uri' }), { nullable: true }),
    supportedArchitectures: attribute(listOf(text()), { nullable: true }),
    requiredCapabilities: attribute(listOf(text()), { nullable: true }),
    deviceProtocols: attribute(listOf(text()), { nullable: true }),
    locales: attribute(listOf(text()), { nullable: true }),
    // By path of the executable; values are text even for booleans (evidence 8).
    entitlements: attribute(mapOf(mapOf(text())), { nullable: true }),
    baDownloadAllowance: attribute(integer, { nullable: true }),
    baMaxInstallSize: attribute(integer, { nullable: true }),
    minimumOsVersion: attribute(text(), { nullable: true }),
  },
  relationships: {
    // Apple shows no way back to the build: a bundle is found with `include=buildBundles` on builds.
    build: toOne('builds', { create: 'required', hidden: true }),
    appClipDomainCacheStatus: toOne('appClipDomainStatuses', aStatus),
    appClipDomainDebugStatus: toOne('appClipDomainStatuses', aStatus),
    betaAppClipInvocations: toMany('betaAppClipInvocations', {
      inverse: 'buildBundle',
      includable: false,
      related: { include: true },
      linkage: { read: true },
    }),
    buildBundleFileSizes: toMany('buildBundleFileSizes', {
      inverse: 'buildBundle',
      includable: false,
      related: { include: false },
      linkage: { read: true },
    }),
  },
  operations: {},
  readers: TESTFLIGHT_READERS,
})
