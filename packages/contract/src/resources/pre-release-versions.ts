import { attribute, defineResource, equals, toMany, toOne } from '../define-resource.ts'
import { versionText } from '../kinds.ts'
import { PLATFORM } from '../platform.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'

/** A version train: the builds of one version on one platform. https://developer.apple.com/documentation/appstoreconnectapi/prereleaseversion */
export const preReleaseVersions = defineResource({
  type: 'preReleaseVersions',
  // Apple spells the one and the many differently.
  schema: { one: 'PrereleaseVersion', many: 'PreReleaseVersions' },
  description: 'A version of an app on one platform, under which its builds stand.',
  attributes: {
    version: attribute(versionText),
    platform: attribute(PLATFORM, { initial: 'IOS' }),
  },
  relationships: {
    builds: toMany('builds', { inverse: 'preReleaseVersion', related: { include: false }, linkage: { read: true } }),
    app: toOne('apps', { create: 'required', related: { include: false }, linkage: { read: true } }),
  },
  operations: {
    list: {
      roles: TESTFLIGHT_READERS,
      filters: {
        'builds.buildAudienceType': equals(),
        'builds.expired': equals(),
        'builds.processingState': equals(),
        'builds.version': equals(),
        platform: equals(),
        version: equals(),
        app: equals(),
        builds: equals(),
      },
      sort: ['version'],
    },
    get: { roles: TESTFLIGHT_READERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['app', 'platform', 'version']],
})
