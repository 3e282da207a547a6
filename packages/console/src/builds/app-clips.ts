import type { Build } from './queries.ts'

/** What invocations belong to. */
export type AppClip = Build['buildBundles'][number]

/** The App Clips of a build. */
export function appClipsOf({ buildBundles }: Build): readonly AppClip[] {
  return buildBundles.filter(({ bundleType }) => bundleType === 'APP_CLIP')
}

/** The App Clip of another build that is the same one: by its bundle id, or because there is only one. */
export function findClipLike({ bundleId }: AppClip, other: Build): AppClip | undefined {
  const clips = appClipsOf(other)
  return clips.find((clip) => clip.bundleId === bundleId) ?? (clips.length === 1 ? clips[0] : undefined)
}
