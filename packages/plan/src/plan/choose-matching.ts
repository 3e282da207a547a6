import { changesOf } from './changes-of.ts'
import type { ActualInvocation, WantedInvocation } from './invocation.ts'
import { areStrangers, hasSameUrl, possibleMatchings, type Matching } from './match-invocations.ts'
import { isTemporaryUrl } from './temporary-url.ts'

/**
 * Decides which invocation goes on as which. It keeps those whose URL is wanted or made way for, then takes the fewest
 * requests. Without pruning, leaving one behind counts as one more, so that a URL changes in place exactly when the
 * titles are the same, and what has other titles is nobody's to change.
 */
export function chooseMatching(
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
  { prune }: { readonly prune: boolean },
): Matching {
  const urls = new Set(wanted.map(({ url }) => url))
  const madeWay = (actual: ActualInvocation): boolean => wanted.some(({ url }) => isTemporaryUrl(actual.url, url))
  // By id, so that of equals it is the same one whatever the order in which the service lists them.
  const inOrder = actual.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const rated = possibleMatchings(wanted, inOrder).map((matching) => {
    const { pairs, unlisted } = matching
    const requests = changesOf(matching, { prune }).length + countCircles(matching)
    const strangers = pairs.filter(areStrangers).length
    const rank = [
      unlisted.filter(({ url }) => urls.has(url)).length,
      // Their URLs were wanted too, until a step of a plan took them: no step may make it cheaper to leave one behind.
      unlisted.filter(madeWay).length,
      prune ? requests : requests + unlisted.length,
      // Of equal cost. Whatever a step of the plan does to one of two equals, it does to both, or it decides between
      // them in favour of the plan: so a plan that was stopped is made again as the rest of itself.
      ...(prune ? [strangers, -pairs.length] : [pairs.length]),
      -pairs.filter(hasSameUrl).length,
    ]
    return { matching, rank }
  })
  const [best] = rated.toSorted((one, other) => compareRanks(one.rank, other.rank))
  if (best === undefined) throw new Error('There is always the matching that pairs nothing')
  return best.matching
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((value, place) => value !== other[place])
  return index === -1 ? 0 : (one[index] ?? 0) - (other[index] ?? 0)
}

/** How many circles there are of invocations that take over each other's URLs; each costs a move to make way. */
function countCircles({ pairs }: Matching): number {
  const next = new Map(pairs.filter((pair) => !hasSameUrl(pair)).map((pair) => [pair.actual.url, pair.wanted.url]))
  let circles = 0
  for (const start of next.keys()) {
    let url = next.get(start)
    next.delete(start)
    while (url !== undefined && url !== start) {
      const following = next.get(url)
      next.delete(url)
      url = following
    }
    if (url === start) circles++
  }
  return circles
}
