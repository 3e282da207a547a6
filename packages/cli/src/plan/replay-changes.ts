import { isDeepStrictEqual } from 'node:util'
import {
  applyChange,
  isLegal,
  toWanted,
  type ActualInvocation,
  type Change,
  type TitleInLocale,
} from '@clipflight/plan'

/**
 * Whether each change is of something in the bundle, says of it what is there before, and leaves what a service would
 * hold: what a reader of the plan was shown is then what is done. A bundle that breaks the rules to begin with may go on
 * doing so until the changes have mended it.
 */
export function canReplay(state: readonly ActualInvocation[], changes: readonly Change[]): boolean {
  let current = state
  for (const change of changes) {
    if (!isTrue(current, change)) return false
    const next = applyChange(current, change)
    if (isLegal(current) && !isLegal(next)) return false
    current = next
  }
  // The URL that a title is shown under is the one that its invocation has in the end.
  const urls = new Map(current.map(({ id, url }) => [id, url]))
  return changes.every((change) => {
    if (change.type === 'betaAppClipInvocations') return true
    const url = urls.get(change.betaAppClipInvocation)
    return url === undefined || url === change.url
  })
}

function isTrue(state: readonly ActualInvocation[], change: Change): boolean {
  if (change.type === 'betaAppClipInvocations') {
    if (change.op === 'create') return true
    const found = state.find(({ id }) => id === change.id)
    if (found === undefined) return false
    return change.op === 'update' ? found.url === change.before.url : isDeepStrictEqual(toWanted(found), change.before)
  }
  const invocation = state.find(({ id }) => id === change.betaAppClipInvocation)
  if (invocation === undefined || change.op === 'create') return invocation !== undefined
  const title = invocation.localizations.find(({ id }) => id === change.id)
  // Only the title is sent: a change of locale would be shown, and not made.
  const isOfOneLocale = change.op === 'delete' || change.after.locale === change.before.locale
  return title !== undefined && isOfOneLocale && isSame(title, change.before)
}

function isSame(one: TitleInLocale, other: TitleInLocale): boolean {
  return one.locale === other.locale && one.title === other.title
}
