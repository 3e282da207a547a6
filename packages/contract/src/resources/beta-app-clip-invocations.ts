import { attribute, defineResource, toMany, toOne } from '../define-resource.ts'
import { httpsUrl } from '../kinds.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'

/** An App Clip experience offered to the testers of one build. https://developer.apple.com/documentation/appstoreconnectapi/betaappclipinvocation */
export const betaAppClipInvocations = defineResource({
  type: 'betaAppClipInvocations',
  schema: { one: 'BetaAppClipInvocation', many: 'BetaAppClipInvocations' },
  description: 'An App Clip experience, a URL and a title per language, offered to the testers of one build.',
  attributes: {
    // Unverified: that the URL must be https with a host, and at most 2,048 characters. Apple's document says `format: uri` only.
    url: attribute(httpsUrl({ maxLength: 2048 }), { create: 'required', update: 'optional' }),
  },
  relationships: {
    buildBundle: toOne('buildBundles', { create: 'required', hidden: true }),
    betaAppClipInvocationLocalizations: toMany('betaAppClipInvocationLocalizations', {
      inverse: 'betaAppClipInvocation',
      create: 'required inline',
      shortName: 'localizations',
    }),
  },
  operations: {
    create: { roles: TESTFLIGHT_MANAGERS },
    get: { roles: TESTFLIGHT_READERS },
    update: { roles: TESTFLIGHT_MANAGERS },
    delete: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  // Unverified: that a URL may stand only once in a bundle. fastlane takes it for the natural key (evidence 1.2).
  unique: [['buildBundle', 'url']],
  // Documented for the web form ("up to three"). Unverified: how the API refuses a fourth (evidence 9).
  atMost: { count: 3, per: 'buildBundle' },
})
