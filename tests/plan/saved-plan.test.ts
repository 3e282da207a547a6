import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  readSavedPlan,
  SavedPlanRefused,
  writeSavedPlan,
  type BundlePlan,
} from '../../packages/cli/src/plan/saved-plan.ts'

const place = {
  type: 'betaAppClipInvocationLocalizations',
  betaAppClipInvocation: 'i',
  url: 'https://a.example',
  why: '',
} as const
const title = { locale: 'en-US', title: 'Order' }

const saved: BundlePlan = {
  app: 'com.example.coffee',
  build: { id: 'build', number: '42' },
  buildBundle: 'bundle',
  fingerprint: 'sha256:0',
  changes: [
    {
      op: 'create',
      type: 'betaAppClipInvocations',
      after: { url: 'https://a.example', titles: { ja: '注文' } },
      why: '',
    },
    { op: 'update', type: 'betaAppClipInvocations', id: 'i', before: { url: 'a' }, after: { url: 'b' }, why: '' },
    { op: 'delete', type: 'betaAppClipInvocations', id: 'j', before: { url: 'c', titles: {} }, why: '' },
    { op: 'create', ...place, after: title },
    { op: 'update', ...place, id: 'l', before: title, after: title },
    { op: 'delete', ...place, id: 'l', before: title },
  ],
}

function refusal(text: string): string {
  try {
    readSavedPlan(text)
  } catch (error) {
    if (error instanceof SavedPlanRefused) return error.message
    throw error
  }
  return ''
}

describe('a saved plan', () => {
  test('reads as it was written, with every kind of change', () => {
    assert.deepEqual(readSavedPlan(writeSavedPlan([saved])), { formatVersion: 1, bundles: [saved] })
  })

  test('is refused when it is no JSON, no plan, or of another format', () => {
    assert.match(refusal('{'), /^not JSON: /)
    assert.equal(refusal('[]'), `not a saved plan: it has no 'formatVersion'`)
    assert.equal(refusal('null'), `not a saved plan: it has no 'formatVersion'`)
    assert.equal(refusal('{"formatVersion": 2}'), 'formatVersion is 2, and this program reads 1: make the plan again')
  })

  test('is refused with every place at which it is wrong', () => {
    const changes = [
      { op: 'destroy', type: 'betaAppClipInvocations' },
      { op: 'update', type: 'betaAppClipInvocations', id: 7, before: {}, after: { url: 'b' }, why: '' },
      'nothing',
    ]

    assert.deepEqual(
      refusal(JSON.stringify({ formatVersion: 1, bundles: [{ ...saved, app: null, changes }] })).split('\n'),
      [
        'bundles/0/app must be text',
        'bundles/0/changes/0/op must be one of create, update, delete',
        'bundles/0/changes/1/id must be text',
        'bundles/0/changes/1/before/url must be text',
        'bundles/0/changes/2/op must be one of create, update, delete',
        'bundles/0/changes/2/type must be one of betaAppClipInvocations, betaAppClipInvocationLocalizations',
      ],
    )
  })
})
