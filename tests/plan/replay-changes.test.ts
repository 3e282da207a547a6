import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Change } from '../../packages/plan/src/plan/change.ts'
import { planChanges } from '../../packages/plan/src/plan/plan-changes.ts'
import { canReplay } from '../../packages/cli/src/plan/replay-changes.ts'
import { actualBundle, invocation, strangeBundle, toActual, wantedBundle } from './bundles.ts'

const there = [toActual(invocation('a', { 'en-US': 'Order', ja: '注文' }), 'a'), toActual(invocation('b', {}), 'b')]
const { url } = invocation('a', {})
const [title] = there[0]?.localizations ?? []
const place = { type: 'betaAppClipInvocationLocalizations', betaAppClipInvocation: 'a', url, why: '' } as const
const before = { locale: 'en-US', title: 'Order' }
const id = title?.id ?? ''

/** Changes that a program would not have planned, by what is untrue about them. */
const UNTRUE: Readonly<Record<string, Change>> = {
  'deletes another invocation than it shows': {
    op: 'delete',
    type: 'betaAppClipInvocations',
    id: 'a',
    before: invocation('b', {}),
    why: 'not listed',
  },
  'hides titles that are deleted with an invocation': {
    op: 'delete',
    type: 'betaAppClipInvocations',
    id: 'a',
    before: { url, titles: { 'en-US': 'Order' } },
    why: 'not listed',
  },
  'moves another invocation than it shows': {
    op: 'update',
    type: 'betaAppClipInvocations',
    id: 'a',
    before: { url: 'https://elsewhere.example' },
    after: { url: 'https://evil.example' },
    why: '',
  },
  'deletes another title than it shows': { op: 'delete', ...place, id, before: { locale: 'ja', title: '注文' } },
  'changes another title than it shows': {
    op: 'update',
    ...place,
    id,
    before: { ...before, title: 'x' },
    after: before,
  },
  'makes an invocation with a URL that the bundle has': {
    op: 'create',
    type: 'betaAppClipInvocations',
    after: { url, titles: { ja: '注文' } },
    why: '',
  },
  'shows a change of locale': { op: 'update', ...place, id, before, after: { locale: 'ja', title: 'Order' } },
  'shows a title under another URL': {
    op: 'update',
    ...place,
    url: invocation('b', {}).url,
    id,
    before,
    after: { ...before, title: 'x' },
  },
}

describe('a plan is not applied', () => {
  for (const [what, change] of Object.entries(UNTRUE)) {
    test(`when it ${what}`, () => {
      assert.equal(canReplay(there, [change]), false)
    })
  }
})

test('every plan that is made can be applied', () => {
  fc.assert(
    fc.property(wantedBundle, fc.oneof(actualBundle, strangeBundle), fc.boolean(), (wanted, actual, prune) =>
      canReplay(actual, planChanges(wanted, actual, { prune }).changes),
    ),
    { numRuns: 10_000 },
  )
})
