import type { Addition } from '@clipflight/plan'

/** Tells additions apart, also when they are worked out anew. */
export function placeOf(addition: Addition): string {
  return addition.type === 'betaAppClipInvocations' ? addition.after.url : `${addition.after.locale} ${addition.url}`
}
