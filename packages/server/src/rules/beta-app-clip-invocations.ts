import type { CreateRule, Rules } from './rule.ts'

/**
 * Only an App Clip is offered through invocations.
 * Unverified: that Apple refuses the other bundle types, and how. fastlane picks App Clip bundles only (evidence 1.1).
 */
const theBundleIsAnAppClip: CreateRule = (creation, { buildBundle }) =>
  buildBundle?.bundleType === 'APP_CLIP'
    ? []
    : [
        {
          code: 'ENTITY_ERROR.RELATIONSHIP.INVALID',
          detail: 'The specified build bundle is not an App Clip.',
          source: { pointer: `${creation.pointer}/relationships/buildBundle` },
        },
      ]

export const betaAppClipInvocationRules: Rules = { create: [theBundleIsAnAppClip] }
