import { attribute, defineResource, toOne } from '../define-resource.ts'
import { knownText, text } from '../kinds.ts'
import { LOCALES } from '../locales.ts'
import { TESTFLIGHT_MANAGERS, TESTFLIGHT_READERS } from '../roles.ts'

/** The title of an App Clip experience in one language. https://developer.apple.com/documentation/appstoreconnectapi/betaappclipinvocationlocalization */
export const betaAppClipInvocationLocalizations = defineResource({
  type: 'betaAppClipInvocationLocalizations',
  schema: { one: 'BetaAppClipInvocationLocalization', many: 'BetaAppClipInvocationLocalizations' },
  description: 'The title that testers see for an App Clip experience, in one language.',
  attributes: {
    // Unverified: the limits. Apple documents none for testers; 30 is advice for the card of a released clip.
    title: attribute(text({ minLength: 1, maxLength: 255 }), { create: 'required', update: 'optional' }),
    locale: attribute(knownText(LOCALES), { create: 'required' }),
  },
  relationships: {
    betaAppClipInvocation: toOne('betaAppClipInvocations', { create: 'required', hidden: true }),
  },
  operations: {
    create: { roles: TESTFLIGHT_MANAGERS },
    update: { roles: TESTFLIGHT_MANAGERS },
    delete: { roles: TESTFLIGHT_MANAGERS },
  },
  readers: TESTFLIGHT_READERS,
  // Observed on sibling localizations (evidence 5.5 no. 35 and 36). Unverified: for invocations.
  unique: [['betaAppClipInvocation', 'locale']],
})
