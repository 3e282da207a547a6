import { changesOf, changesOfPair } from './changes-of.ts'
import type { Change } from './change.ts'
import { toWanted, type ActualInvocation, type WantedInvocation } from './invocation.ts'
import { areStrangers, hasSameUrl, type Matching, type Pair } from './match-invocations.ts'

export interface Comparison {
  /** What makes the first the second: for readers, and not in an order in which a service would take it. */
  readonly changes: readonly Change[]
  /** The same in both. */
  readonly unchanged: readonly WantedInvocation[]
}

/** How two sets of invocations differ. Those with one URL are the same one, and then those that share a title. */
export function compareInvocations(
  first: readonly ActualInvocation[],
  second: readonly ActualInvocation[],
): Comparison {
  const none: Matching = { pairs: [], missing: second.map(toWanted), unlisted: first }
  const matching = pairMore(pairMore(none, hasSameUrl), (pair) => !areStrangers(pair))
  return {
    changes: changesOf(matching, { prune: true }),
    unchanged: matching.pairs.filter((pair) => changesOfPair(pair).length === 0).map(({ wanted }) => wanted),
  }
}

/** Pairs those that are alone so far and belong together. */
function pairMore({ pairs, missing, unlisted }: Matching, areSame: (pair: Pair) => boolean): Matching {
  const left = [...unlisted]
  const found = missing.flatMap((wanted): Pair[] => {
    const place = left.findIndex((actual) => areSame({ wanted, actual }))
    return place === -1 ? [] : left.splice(place, 1).map((actual) => ({ wanted, actual }))
  })
  const taken = new Set(found.map(({ wanted }) => wanted))
  return { pairs: [...pairs, ...found], missing: missing.filter((wanted) => !taken.has(wanted)), unlisted: left }
}
