import { resources } from '@clipflight/contract'

/** How many invocations a bundle takes. */
export const MAX_INVOCATIONS = resources.betaAppClipInvocations.atMost.count

/** Whether the service would take this URL. */
export function isGoodUrl(url: string): boolean {
  return resources.betaAppClipInvocations.attributes.url.kind.complain(url, 'url') === undefined
}
