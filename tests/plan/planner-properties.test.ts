import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { applyChange, isLegal } from '../../packages/plan/src/plan/apply-change.ts'
import type { Change } from '../../packages/plan/src/plan/change.ts'
import { toWanted, type ActualInvocation, type WantedInvocation } from '../../packages/plan/src/plan/invocation.ts'
import { planChanges } from '../../packages/plan/src/plan/plan-changes.ts'
import { readSavedPlan, writeSavedPlan } from '../../packages/cli/src/plan/saved-plan.ts'
import { actualBundle, contentOf, strangeBundle, toActual, toInvocation, wantedBundle } from './bundles.ts'
import { bundlesOf } from './search.ts'

const RUNS = { numRuns: 10_000 }

/** The state after each change, beginning with the one before the first. */
function statesOf(actual: readonly ActualInvocation[], changes: readonly Change[]): (readonly ActualInvocation[])[] {
  const states = [actual]
  for (const change of changes) states.push(applyChange(states.at(-1) ?? [], change))
  return states
}

function endOf(actual: readonly ActualInvocation[], changes: readonly Change[]): readonly ActualInvocation[] {
  return statesOf(actual, changes).at(-1) ?? []
}

function contentAfter(actual: readonly ActualInvocation[], changes: readonly Change[]): readonly string[] {
  return contentOf(endOf(actual, changes).map(toWanted))
}

/** Asserts that the plan, made again after any of its steps, ends where it did, in as many requests as were left. */
function assertGoesOn(
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
  changes: readonly Change[],
  prune: boolean,
): void {
  const end = contentAfter(actual, changes)
  for (const [done, state] of statesOf(actual, changes).entries()) {
    // A service may list them in any order.
    for (const listed of [state, state.toReversed()]) {
      const again = planChanges(wanted, listed, { prune })
      assert.deepEqual(again.problems, [])
      assert.equal(again.changes.length, changes.length - done)
      assert.deepEqual(contentAfter(listed, again.changes), end)
    }
  }
}

describe('a plan', () => {
  test('leads to what is wanted, and leaves everything else untouched', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes, unlisted, problems } = planChanges(wanted, actual, { prune })

        if (problems.length > 0) {
          assert.deepEqual(changes, [])
          assert.equal(wanted.length + unlisted.length > 3, true)
          return
        }
        assert.deepEqual(contentAfter(actual, changes), contentOf([...wanted, ...unlisted.map(toWanted)]))
        const end = endOf(actual, changes)
        for (const invocation of unlisted) assert.equal(end.includes(invocation), true)
      }),
      RUNS,
    )
  })

  test('with pruning, always leads to what is wanted and nothing else', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, (wanted, actual) => {
        const { changes, problems } = planChanges(wanted, actual, { prune: true })

        assert.deepEqual(problems, [])
        assert.deepEqual(contentAfter(actual, changes), contentOf(wanted))
      }),
      RUNS,
    )
  })

  test('passes through states only that the service takes, in which every invocation has a title', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes } = planChanges(wanted, actual, { prune })

        for (const state of statesOf(actual, changes)) {
          assert.equal(isLegal(state), true)
          assert.equal(
            state.every(({ localizations }) => localizations.length > 0),
            true,
          )
        }
      }),
      RUNS,
    )
  })

  test('says of each change what is there before it', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes } = planChanges(wanted, actual, { prune })

        const states = statesOf(actual, changes)
        for (const [index, change] of changes.entries()) {
          if (change.op === 'create') continue
          const isTitle = change.type === 'betaAppClipInvocationLocalizations'
          const invocation = states[index]?.find(
            ({ id }) => id === (isTitle ? change.betaAppClipInvocation : change.id),
          )
          const found = isTitle ? invocation?.localizations.find(({ id }) => id === change.id) : invocation
          assert.ok(found !== undefined)
          const all = 'url' in found ? toWanted(found) : { locale: found.locale, title: found.title }
          assert.deepEqual({ ...all, ...change.before }, all)
        }
      }),
      RUNS,
    )
  })

  test('is empty when everything is as wanted, in whatever order', () => {
    fc.assert(
      fc.property(actualBundle, fc.boolean(), (actual, prune) => {
        const wanted = actual.map(toWanted)

        const plan = planChanges(wanted.toReversed(), actual, { prune })

        assert.deepEqual(plan.changes, [])
        assert.deepEqual(plan.unlisted, [])
        assert.deepEqual(contentOf(plan.unchanged), contentOf(wanted))
      }),
      RUNS,
    )
  })

  test('stopped after any step and made again, is the rest of itself', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes, problems } = planChanges(wanted, actual, { prune })

        if (problems.length > 0) return
        assertGoesOn(wanted, actual, changes, prune)
      }),
      RUNS,
    )
  })

  test('stopped after any step and made again, is the rest of itself for any two bundles of three URLs', () => {
    const bundles = bundlesOf({ urls: 3, titles: [1, 1] }, 3).map((bundle) => bundle.map(toInvocation))
    for (const start of bundles) {
      const actual = start.map((each, index) => toActual(each, `invocation-${index}`))
      for (const wanted of bundles) {
        for (const prune of [true, false]) {
          const { changes, problems } = planChanges(wanted, actual, { prune })
          if (problems.length === 0) assertGoesOn(wanted, actual, changes, prune)
        }
      }
    }
  })

  test('deletes no invocation without pruning, and with it none that is listed', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes } = planChanges(wanted, actual, { prune })

        const deleted = changes.filter(({ op, type }) => op === 'delete' && type === 'betaAppClipInvocations')
        if (!prune) assert.deepEqual(deleted, [])
        const isWanted = new Set(contentOf(wanted))
        for (const change of deleted) {
          if (change.op !== 'delete' || change.type !== 'betaAppClipInvocations') continue
          assert.equal(isWanted.has(contentOf([change.before])[0] ?? ''), false)
        }
      }),
      RUNS,
    )
  })

  test('leads from any state to what is wanted, from one that the service should not hold too', () => {
    fc.assert(
      fc.property(wantedBundle, strangeBundle, (wanted, actual) => {
        const { changes } = planChanges(wanted, actual, { prune: true })

        assert.deepEqual(contentAfter(actual, changes), contentOf(wanted))
      }),
      RUNS,
    )
  })

  test('survives being saved', () => {
    fc.assert(
      fc.property(wantedBundle, actualBundle, fc.boolean(), (wanted, actual, prune) => {
        const { changes } = planChanges(wanted, actual, { prune })
        const bundle = { app: 'app', build: { id: 'b', number: '1' }, buildBundle: 'c', fingerprint: 'f', changes }

        const { bundles } = readSavedPlan(writeSavedPlan([bundle]))

        assert.deepEqual(bundles, [bundle])
      }),
      RUNS,
    )
  })
})
