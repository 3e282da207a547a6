import type {
  CreateRequest,
  InlineCreate,
  ListResponseOf,
  ResourceObject,
  ResponseOf,
  UpdateRequest,
} from './derived-types.ts'
import type { resources } from './resources/index.ts'

/** Apple's names for what derives from the definitions. */
type Resources = typeof resources

export type BetaAppClipInvocation = ResourceObject<Resources['betaAppClipInvocations']>
export type BetaAppClipInvocationResponse = ResponseOf<Resources['betaAppClipInvocations']>
export type BetaAppClipInvocationsResponse = ListResponseOf<Resources['betaAppClipInvocations']>
export type BetaAppClipInvocationCreateRequest = CreateRequest<
  Resources['betaAppClipInvocations'],
  BetaAppClipInvocationLocalizationInlineCreate
>
export type BetaAppClipInvocationUpdateRequest = UpdateRequest<Resources['betaAppClipInvocations']>

export type BetaAppClipInvocationLocalization = ResourceObject<Resources['betaAppClipInvocationLocalizations']>
export type BetaAppClipInvocationLocalizationResponse = ResponseOf<Resources['betaAppClipInvocationLocalizations']>
export type BetaAppClipInvocationLocalizationInlineCreate = InlineCreate<
  Resources['betaAppClipInvocationLocalizations']
>
export type BetaAppClipInvocationLocalizationCreateRequest = CreateRequest<
  Resources['betaAppClipInvocationLocalizations']
>
export type BetaAppClipInvocationLocalizationUpdateRequest = UpdateRequest<
  Resources['betaAppClipInvocationLocalizations']
>

export type App = ResourceObject<Resources['apps']>
export type AppClip = ResourceObject<Resources['appClips']>
export type Build = ResourceObject<Resources['builds']>
export type BuildBetaDetail = ResourceObject<Resources['buildBetaDetails']>
export type BuildBundle = ResourceObject<Resources['buildBundles']>
export type BuildBundleFileSize = ResourceObject<Resources['buildBundleFileSizes']>
export type AppClipDomainStatus = ResourceObject<Resources['appClipDomainStatuses']>
export type BetaAppReviewSubmission = ResourceObject<Resources['betaAppReviewSubmissions']>
export type BetaBuildLocalization = ResourceObject<Resources['betaBuildLocalizations']>
export type BetaGroup = ResourceObject<Resources['betaGroups']>
export type PrereleaseVersion = ResourceObject<Resources['preReleaseVersions']>
