import type { Change } from './change.ts'
import { changesOf, changesOfPair } from './changes-of.ts'
import { chooseMatching } from './choose-matching.ts'
import type { ActualInvocation, WantedInvocation } from './invocation.ts'
import { MAX_INVOCATIONS } from './limits.ts'
import { orderChanges } from './order-changes.ts'

/** What to do to one bundle, in order. */
export interface Plan {
  /** Each is one request. Empty when there are problems. */
  readonly changes: readonly Change[]
  /** Wanted, and on the build as they should be. */
  readonly unchanged: readonly WantedInvocation[]
  /** On the build and not wanted; left alone, unless pruning was asked for. */
  readonly unlisted: readonly ActualInvocation[]
  /** Why the wanted state cannot be reached, in sentences. */
  readonly problems: readonly string[]
}

export interface PlanOptions {
  /** Whether invocations that are not wanted are deleted. */
  readonly prune: boolean
}

/**
 * The fewest requests that make a bundle what is wanted, without deleting an invocation whose URL is. Titles are
 * wanted to the letter: one in a locale that is not listed is deleted, with pruning and without.
 */
export function planChanges(
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
  { prune }: PlanOptions,
): Plan {
  const wrong = problemsOf(wanted)
  if (wrong.length > 0) return { changes: [], unchanged: [], unlisted: [], problems: wrong }
  const matching = chooseMatching(wanted, actual, { prune })
  const unlisted = prune ? [] : matching.unlisted
  const problems = problemsOfRoom(wanted, unlisted)
  if (problems.length > 0) return { changes: [], unchanged: [], unlisted, problems }
  return {
    changes: orderChanges(changesOf(matching, { prune }), actual),
    unchanged: matching.pairs.filter((pair) => changesOfPair(pair).length === 0).map((pair) => pair.wanted),
    unlisted,
    problems,
  }
}

/** A file has none of these, but what is copied from another build may. */
function problemsOf(wanted: readonly WantedInvocation[]): readonly string[] {
  const urls = wanted.map(({ url }) => url)
  const twice = new Set(urls.filter((url, index) => urls.indexOf(url) < index))
  const untitled = wanted.filter(({ titles }) => Object.keys(titles).length === 0)
  return [
    ...(urls.length > MAX_INVOCATIONS
      ? [`${urls.length} invocations are wanted, and a build takes ${MAX_INVOCATIONS}.`]
      : []),
    ...[...twice].map((url) => `The URL ${url} is wanted twice, and a build takes it once.`),
    ...untitled.map(({ url }) => `${url} has no title, and must have one at least.`),
  ]
}

function problemsOfRoom(wanted: readonly WantedInvocation[], unlisted: readonly ActualInvocation[]): readonly string[] {
  const total = wanted.length + unlisted.length
  const twice = wanted.filter(({ url }) => unlisted.some((invocation) => invocation.url === url))
  return [
    ...twice.map(({ url }) => `The build has ${url} more than once. Delete all but one of them, or use --prune.`),
    ...(total > MAX_INVOCATIONS && unlisted.length > 0
      ? [
          `A build takes ${MAX_INVOCATIONS} invocations, and this would be ${total}: ${wanted.length} wanted, and ` +
            `${unlisted.length} on the build that ${unlisted.length === 1 ? 'is' : 'are'} not listed. ` +
            `List or delete some, or use --prune.`,
        ]
      : []),
  ]
}
