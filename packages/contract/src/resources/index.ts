import { problemsOfDefinitions } from '../check-definitions.ts'
import type { Resource } from '../define-resource.ts'
import {
  appClipDomainStatuses,
  appClips,
  apps,
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  betaAppReviewSubmissions,
  betaBuildLocalizations,
  betaGroups,
  buildBetaDetails,
  buildBundleFileSizes,
  buildBundles,
  builds,
  preReleaseVersions,
} from './definitions.ts'

/**
 * Every resource of the service. Routes, readers, writers, the document and types come from here. By name, not as a
 * namespace: bundlers could not leave any of one out, and clients of a few resources would have them all.
 */
export const resources = sensible({
  apps,
  appClips,
  preReleaseVersions,
  builds,
  buildBetaDetails,
  betaBuildLocalizations,
  betaAppReviewSubmissions,
  betaGroups,
  buildBundles,
  buildBundleFileSizes,
  appClipDomainStatuses,
  betaAppClipInvocations,
  betaAppClipInvocationLocalizations,
})

/** Hands the definitions back. Throws when they make no sense. */
/* @__NO_SIDE_EFFECTS__ */
function sensible<const D extends Readonly<Record<string, Resource>>>(definitions: D): D {
  const problems = problemsOfDefinitions(definitions)
  if (problems.length > 0) throw new Error(`The definitions make no sense. ${problems.join(' ')}`)
  return definitions
}
