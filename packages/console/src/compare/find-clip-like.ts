import type { Build } from '../builds/queries.ts'
import { appClipsOf } from '../invocations/queries.ts'

type AppClip = Build['buildBundles'][number]

/** The App Clip of another build that is the same one: by its bundle id, or because there is only one. */
export function findClipLike({ bundleId }: AppClip, other: Build): AppClip | undefined {
  const clips = appClipsOf(other)
  return clips.find((clip) => clip.bundleId === bundleId) ?? (clips.length === 1 ? clips[0] : undefined)
}
