import { problemsOfDefinitions } from '../check-definitions.ts'
import type { Resource } from '../define-resource.ts'
import { appClipDomainStatuses } from './app-clip-domain-statuses.ts'
import { appClips } from './app-clips.ts'
import { apps } from './apps.ts'
import { betaAppClipInvocationLocalizations } from './beta-app-clip-invocation-localizations.ts'
import { betaAppClipInvocations } from './beta-app-clip-invocations.ts'
import { betaAppReviewSubmissions } from './beta-app-review-submissions.ts'
import { betaBuildLocalizations } from './beta-build-localizations.ts'
import { betaGroups } from './beta-groups.ts'
import { buildBetaDetails } from './build-beta-details.ts'
import { buildBundleFileSizes } from './build-bundle-file-sizes.ts'
import { buildBundles } from './build-bundles.ts'
import { builds } from './builds.ts'
import { preReleaseVersions } from './pre-release-versions.ts'

/** Every resource of the service, a line each. Routes, readers, writers, the document and types come from here. */
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

// One by one too, for clients that are built with a few of them only.
export {
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
}

/** Hands the definitions back. Throws when they make no sense. */
/* @__NO_SIDE_EFFECTS__ */
function sensible<const D extends Readonly<Record<string, Resource>>>(definitions: D): D {
  const problems = problemsOfDefinitions(definitions)
  if (problems.length > 0) throw new Error(`The definitions make no sense. ${problems.join(' ')}`)
  return definitions
}
