import type { Change } from './change.ts'
import { changesOf } from './changes-of.ts'
import type { ActualInvocation, WantedInvocation } from './invocation.ts'
import type { Pair } from './match-invocations.ts'

/** A change that takes nothing away. */
export type Addition = Extract<
  Change,
  { readonly op: 'create' } | { readonly op: 'update'; readonly type: 'betaAppClipInvocationLocalizations' }
>

/** What brings everything wanted there and takes nothing away; invocations are the same when their URLs are. */
export function additionsTo(
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
): readonly Addition[] {
  const pairs = wanted.flatMap((each): Pair[] => {
    const found = actual.find(({ url }) => url === each.url)
    return found === undefined ? [] : [{ wanted: each, actual: found }]
  })
  const missing = wanted.filter((each) => pairs.every((pair) => pair.wanted !== each))
  return changesOf({ pairs, missing, unlisted: [] }, { prune: false }).filter(isAddition)
}

function isAddition(change: Change): change is Addition {
  return change.op === 'create' || (change.op === 'update' && change.type === 'betaAppClipInvocationLocalizations')
}
