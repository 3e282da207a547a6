import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { planChanges } from '../../packages/plan/src/plan/plan-changes.ts'
import { toActual, toInvocation } from './bundles.ts'
import { bundlesOf, distancesFrom, keyOf, NEW, type Content, type Member, type World } from './search.ts'

const URLS = 3

/** Of three URLs; the fourth is there for sequences that need a place to put something meanwhile. */
const ONE_LOCALE: World = { urls: URLS + 1, titles: [2] }
const TWO_LOCALES: World = { urls: URLS + 1, titles: [2, 1] }

interface Goal {
  readonly members: readonly Member[]
  /** How many of those that were there are neither wanted nor gone. */
  readonly unlisted: number
}

/** Every state that may be meant: each wanted one is new or goes on from one that was there. */
function goalsOf(wanted: readonly Content[], start: readonly Content[], prune: boolean): readonly Goal[] {
  let partial: readonly (readonly Member[])[] = [[]]
  for (const content of wanted) {
    partial = partial.flatMap((members) =>
      [...start.keys(), NEW]
        .filter((origin) => origin === NEW || members.every((member) => member.origin !== origin))
        .map((origin) => [...members, { ...content, origin }]),
    )
  }
  const isWanted = ({ url }: Content): boolean => wanted.some((content) => content.url === url)
  return partial.flatMap((members) => {
    const left = start
      .map((content, origin) => ({ ...content, origin }))
      .filter(({ origin }) => members.every((member) => member.origin !== origin))
    if (left.some(isWanted)) return []
    return [{ members: prune ? members : [...members, ...left], unlisted: prune ? 0 : left.length }]
  })
}

/** Asserts that no sequence of requests does what the plan does in fewer. */
function assertShortest(
  wanted: readonly Content[],
  start: readonly Content[],
  prune: boolean,
  distances: ReadonlyMap<string, number>,
): void {
  const plan = planChanges(
    wanted.map(toInvocation),
    start.map((content, index) => toActual(toInvocation(content), `invocation-${index}`)),
    { prune },
  )

  const costs = goalsOf(wanted, start, prune).map(({ members, unlisted }) => {
    const distance = distances.get(keyOf(members)) ?? Number.POSITIVE_INFINITY
    return { distance, unlisted, cost: distance + unlisted }
  })
  if (plan.problems.length > 0) {
    assert.equal(wanted.length + plan.unlisted.length > 3, true)
    return
  }
  const lowest = Math.min(...costs.map(({ cost }) => cost))
  assert.equal(plan.changes.length + plan.unlisted.length, lowest, JSON.stringify({ wanted, start, prune, plan }))
}

describe('no sequence of requests is shorter than the plan', () => {
  test('for any two bundles of three URLs with one of two titles', () => {
    const bundles = bundlesOf(ONE_LOCALE, URLS)
    for (const start of bundles) {
      const distances = distancesFrom(start, ONE_LOCALE)
      for (const wanted of bundles) {
        assertShortest(wanted, start, true, distances)
        assertShortest(wanted, start, false, distances)
      }
    }
  })

  test('for bundles of three URLs with titles in two locales', () => {
    const bundles = bundlesOf(TWO_LOCALES, URLS)
    const starts = bundles.filter((_, index) => index % 23 === 0)
    const searched = starts.map((start) => ({ start, distances: distancesFrom(start, TWO_LOCALES) }))

    fc.assert(
      fc.property(
        fc.constantFrom(...searched),
        fc.constantFrom(...bundles),
        fc.boolean(),
        ({ start, distances }, wanted, prune) => assertShortest(wanted, start, prune, distances),
      ),
      { numRuns: 10_000 },
    )
  })
})
