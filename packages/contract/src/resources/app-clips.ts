import { attribute, defineResource, foreignMany, linksOnly, toOne } from '../define-resource.ts'
import { bundleIdText } from '../kinds.ts'
import { TESTFLIGHT_READERS } from '../roles.ts'

/** An App Clip of an app. https://developer.apple.com/documentation/appstoreconnectapi/appclip */
export const appClips = defineResource({
  type: 'appClips',
  schema: { one: 'AppClip', many: 'AppClips' },
  description: 'An App Clip of an app.',
  attributes: {
    bundleId: attribute(bundleIdText),
  },
  relationships: {
    app: toOne('apps', { create: 'required' }),
    appClipDefaultExperiences: foreignMany('appClipDefaultExperiences'),
    appClipAdvancedExperiences: linksOnly(),
  },
  operations: {
    get: { roles: TESTFLIGHT_READERS },
  },
  readers: TESTFLIGHT_READERS,
  unique: [['bundleId']],
})
