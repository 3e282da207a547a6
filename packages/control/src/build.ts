import { buildBundles, PLATFORM } from '@clipflight/contract'
import { Type, type Static } from 'typebox'
import { plainText } from './plain-text.ts'
import { strict } from './strict.ts'

const text = plainText(255)

/** Of a version, or of a build number. */
const LONGEST_VERSION = 50

/** How processing ends, by Apple's words. */
export const PROCESSING_RESULTS = ['VALID', 'FAILED', 'INVALID'] as const

/** What a bundle to make may be. */
export const BUNDLE_TYPES = buildBundles.attributes.bundleType.kind.values ?? []

const processing = strict(
  {
    seconds: Type.Integer({
      minimum: 0,
      maximum: 31_536_000,
      description: "How long it takes, by the service's clock.",
    }),
    result: Type.Optional(Type.Enum([...PROCESSING_RESULTS], { description: 'VALID when left out.' })),
  },
  'When left out the build is VALID at once.',
)

const bundle = strict({
  bundleId: text,
  bundleType: Type.Optional(Type.Enum([...BUNDLE_TYPES], { description: 'APP when left out.' })),
  fileName: Type.Optional(text),
})

/** A build as an upload would bring it. */
export const buildCreation = strict({
  app: Type.String({ minLength: 1, description: 'Id or bundle id of the app.' }),
  version: Type.String({
    maxLength: LONGEST_VERSION,
    // Of others Apple refuses the upload (evidence 7).
    pattern: String.raw`^\d+(?:\.\d+){0,2}$`,
    description: 'one to three whole numbers with dots between them, such as 1.4. A version that is new is made.',
  }),
  buildNumber: Type.Optional(
    Type.String({
      maxLength: LONGEST_VERSION,
      // Unverified: that a build number may be of more than three. Some of four were taken, others refused (evidence 7).
      pattern: String.raw`^\d+(?:\.\d+)*$`,
      description:
        'whole numbers with dots between them, such as 43 or 1.2.4. One above the highest of the app and platform when left out.',
    }),
  ),
  platform: Type.Optional(
    Type.Enum([...(PLATFORM.values ?? [])], {
      description: 'IOS when left out.',
    }),
  ),
  minOsVersion: Type.Optional(text),
  usesNonExemptEncryption: Type.Optional(
    Type.Boolean({ description: 'When left out the build misses export compliance once it was processed.' }),
  ),
  processing: Type.Optional(processing),
  bundles: Type.Optional(
    Type.Array(bundle, {
      minItems: 1,
      maxItems: 20,
      description: 'Those of the previous build when left out; without one, the app and its App Clips.',
    }),
  ),
  carryOver: Type.Optional(
    Type.Boolean({
      description:
        'Whether invocations of the previous build of the app and platform are copied. `--carry-over` of the service when left out.',
    }),
  ),
})
export type BuildCreation = Static<typeof buildCreation>

/** A build that was added. */
export const madeBuild = strict({
  build: Type.String({ description: 'Its id.' }),
  buildNumber: Type.String(),
  preReleaseVersion: Type.String({ description: 'Its id.' }),
  processingState: Type.String(),
  bundles: Type.Array(
    strict({
      id: Type.String(),
      bundleId: Type.Union([Type.String(), Type.Null()]),
      bundleType: Type.String(),
      invocations: Type.Integer({ description: 'How many were carried over.' }),
    }),
  ),
})
export type MadeBuild = Static<typeof madeBuild>
