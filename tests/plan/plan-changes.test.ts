import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { applyChange, isLegal } from '../../packages/plan/src/plan/apply-change.ts'
import { countChanges, type Change } from '../../packages/plan/src/plan/change.ts'
import { fingerprintOf } from '../../packages/cli/src/plan/fingerprint-of.ts'
import type { ActualInvocation, WantedInvocation } from '../../packages/plan/src/plan/invocation.ts'
import { planChanges, type Plan } from '../../packages/plan/src/plan/plan-changes.ts'
import { invocation, toActual } from './bundles.ts'

const KEEP = { prune: false }
const PRUNE = { prune: true }

function plan(wanted: readonly WantedInvocation[], there: readonly WantedInvocation[], options = KEEP): Plan {
  return planChanges(
    wanted,
    there.map((each, index) => toActual(each, `i${index}`)),
    options,
  )
}

/** `update i0 a -> b`, `create i0 de-DE`: what matters of each change, in order. */
function inShort(changes: readonly Change[]): readonly string[] {
  const page = (url: string): string => url.replace('https://coffee.example.com/', '')
  return changes.map((change) => {
    if (change.type === 'betaAppClipInvocationLocalizations') {
      return `${change.op} ${change.betaAppClipInvocation} ${(change.op === 'delete' ? change.before : change.after).locale}`
    }
    if (change.op === 'create') return `create ${page(change.after.url)}`
    if (change.op === 'delete') return `delete ${page(change.before.url)}`
    return `update ${change.id} ${page(change.before.url)} -> ${page(change.after.url)}`
  })
}

describe('planning', () => {
  test('creates an invocation along with all of its titles, in one request', () => {
    const wanted = invocation('a', { 'en-US': 'Order', 'de-DE': 'Bestellen' })

    const { changes } = plan([wanted], [])

    assert.deepEqual(changes, [
      { op: 'create', type: 'betaAppClipInvocations', after: wanted, why: 'not on the build yet' },
    ])
  })

  test('changes a URL in place when the titles are the same, so that testers keep the invocation', () => {
    const titles = { 'en-US': 'Order', 'de-DE': 'Bestellen' }

    const { changes } = plan([invocation('b', titles)], [invocation('a', titles)])

    assert.deepEqual(inShort(changes), ['update i0 a -> b'])
  })

  test('does not take an invocation with another title for the one that is wanted', () => {
    const { changes, unlisted } = plan([invocation('b', { 'en-US': 'Pay' })], [invocation('a', { 'en-US': 'Order' })])

    assert.deepEqual(inShort(changes), ['create b'])
    assert.deepEqual(
      unlisted.map(({ id }) => id),
      ['i0'],
    )
  })

  test('does not change an unlisted invocation to make room for a listed one', () => {
    const { changes, problems } = plan(
      ['a', 'b', 'c'].map((page) => invocation(page, { 'en-US': page })),
      [invocation('x', { 'en-US': 'Order' })],
    )

    assert.deepEqual(changes, [])
    assert.deepEqual(problems, [
      'A build takes 3 invocations, and this would be 4: 3 wanted, and 1 on the build that is not listed. List or delete some, or use --prune.',
    ])
  })

  test('with pruning, changes URL and one of several titles in place rather than making it anew', () => {
    const { changes } = plan(
      [invocation('b', { 'en-US': 'Order', 'de-DE': 'Kaufen' })],
      [invocation('a', { 'en-US': 'Order', 'de-DE': 'Bestellen' })],
      PRUNE,
    )

    assert.deepEqual(inShort(changes), ['update i0 a -> b', 'update i0 de-DE'])
  })

  test('changes every title of an invocation in place, however many there are', () => {
    const { changes } = plan(
      [invocation('a', { 'en-US': 'A', 'de-DE': 'B', ja: 'C' })],
      [invocation('a', { 'en-US': 'X', 'de-DE': 'Y', ja: 'Z' })],
      PRUNE,
    )

    assert.deepEqual(inShort(changes), ['update i0 en-US', 'update i0 de-DE', 'update i0 ja'])
  })

  test('deletes a title that is not listed of an invocation that is, behind the creation of others', () => {
    const { changes } = plan([invocation('a', { 'de-DE': 'Bestellen' })], [invocation('a', { 'en-US': 'Order' })])

    assert.deepEqual(inShort(changes), ['create i0 de-DE', 'delete i0 en-US'])
  })

  test('swaps the titles of two invocations where that is less than to swap their URLs', () => {
    const { changes } = plan(
      [invocation('a', { 'en-US': 'Pay' }), invocation('b', { 'en-US': 'Order' })],
      [invocation('a', { 'en-US': 'Order' }), invocation('b', { 'en-US': 'Pay' })],
    )

    assert.deepEqual(inShort(changes), ['update i0 en-US', 'update i1 en-US'])
  })

  test('swaps the URLs of two invocations by way of a temporary one, on a full bundle too', () => {
    const order = { 'en-US': 'Order', 'de-DE': 'Bestellen' }
    const pay = { 'en-US': 'Pay', 'de-DE': 'Bezahlen' }
    const other = invocation('c', { 'en-US': 'Menu' })

    const { changes } = plan(
      [invocation('a', pay), invocation('b', order), other],
      [invocation('a', order), invocation('b', pay), other],
    )

    assert.deepEqual(inShort(changes), [
      'update i1 b -> a#clipflight-1',
      'update i0 a -> b',
      'update i1 a#clipflight-1 -> a',
    ])
  })

  test('moves three URLs on in a circle in four requests', () => {
    const titles = ['X', 'Y', 'Z'].map((title) => ({ 'en-US': title, 'de-DE': title, ja: title }))
    const at = (pages: readonly string[]): WantedInvocation[] =>
      pages.map((page, index) => invocation(page, titles[index] ?? {}))

    const { changes } = plan(at(['b', 'c', 'a']), at(['a', 'b', 'c']))

    assert.deepEqual(countChanges(changes), { create: 0, update: 4, delete: 0 })
  })

  test('stopped while URLs are swapped, goes on with the one that made way and not with a twin', () => {
    const order = { 'en-US': 'Order', 'de-DE': 'Bestellen' }
    const pay = { 'en-US': 'Pay', 'de-DE': 'Bezahlen' }
    const wanted = [invocation('a', order), invocation('b', pay)]
    const twin = invocation('x', order)

    const whole = plan(wanted, [twin, invocation('a', pay), invocation('b', order)])
    const { changes, unlisted } = plan(wanted, [twin, invocation('a', pay), invocation('a#clipflight-1', order)])

    assert.deepEqual(inShort(whole.changes), [
      'update i2 b -> a#clipflight-1',
      'update i1 a -> b',
      'update i2 a#clipflight-1 -> a',
    ])
    assert.deepEqual(inShort(changes), inShort(whole.changes.slice(1)))
    assert.deepEqual(unlisted, whole.unlisted)
  })

  test('takes an invocation at the temporary URL of a listed one for it, when its titles changed in the file since', () => {
    const there = [invocation('a#clipflight-1', { 'en-US': 'Order', 'de-DE': 'Bestellen' })]
    const wanted = [invocation('a', { 'en-US': 'Menu', 'de-DE': 'Karte' })]

    for (const options of [KEEP, PRUNE]) {
      assert.deepEqual(inShort(plan(wanted, there, options).changes), [
        'update i0 a#clipflight-1 -> a',
        'update i0 en-US',
        'update i0 de-DE',
      ])
    }
  })

  test('leaves alone what is at the temporary URL of one that is not listed any more', () => {
    const { changes, unlisted } = plan(
      [invocation('b', { 'en-US': 'Pay' })],
      [invocation('a#clipflight-1', { 'en-US': 'Order' })],
    )

    assert.deepEqual(inShort(changes), ['create b'])
    assert.deepEqual(
      unlisted.map(({ id }) => id),
      ['i0'],
    )
  })

  test('uses no temporary URL that is in use, and none that is too long', () => {
    const long = `${'x'.repeat(2020)}`
    const order = { 'en-US': 'Order', 'de-DE': 'Bestellen' }
    const pay = { 'en-US': 'Pay', 'de-DE': 'Bezahlen' }
    const taken = { url: 'https://coffee.example.com/#clipflight-1', titles: { 'en-US': 'Odd' } }

    const { changes } = plan(
      [invocation(long, pay), invocation('b', order), taken],
      [invocation(long, order), invocation('b', pay), taken],
    )

    const [first] = changes
    assert.equal(changes.length, 3)
    assert.deepEqual(first?.op === 'update' && first.after, { url: 'https://coffee.example.com/#clipflight-2' })
  })

  test('creates before it deletes where there is room, and deletes first where there is none', () => {
    const wanted = [invocation('n', { 'en-US': 'New' })]
    const there = ['a', 'b', 'c'].map((page) => invocation(page, { 'en-US': page }))

    assert.deepEqual(inShort(plan(wanted, there.slice(0, 2), PRUNE).changes), ['create n', 'delete a', 'delete b'])
    assert.deepEqual(inShort(plan(wanted, there, PRUNE).changes), ['delete a', 'create n', 'delete b', 'delete c'])
  })

  test('deletes everything when nothing is wanted and pruning was asked for, and nothing without', () => {
    const there = [invocation('a', { 'en-US': 'A' }), invocation('b', { 'en-US': 'B' })]

    assert.deepEqual(inShort(plan([], there, PRUNE).changes), ['delete a', 'delete b'])
    assert.deepEqual(inShort(plan([], there).changes), [])
    assert.equal(plan([], there).unlisted.length, 2)
  })

  test('says what cannot be wanted', () => {
    const { changes, problems } = plan(
      [...['a', 'b', 'c', 'a'].map((page) => invocation(page, { 'en-US': page })), invocation('d', {})],
      [],
    )

    assert.deepEqual(changes, [])
    assert.deepEqual(problems, [
      '5 invocations are wanted, and a build takes 3.',
      'The URL https://coffee.example.com/a is wanted twice, and a build takes it once.',
      'https://coffee.example.com/d has no title, and must have one at least.',
    ])
  })

  test('copes with a build that has a URL or a locale twice', () => {
    const twice = [invocation('a', { 'en-US': 'Order' }), invocation('a', { 'en-US': 'Pay' })]
    const [first] = twice.map((each) => toActual(each, 'i0'))
    const doubled: ActualInvocation[] = [
      {
        id: 'i0',
        url: 'https://coffee.example.com/a',
        localizations: [
          { id: 'old', locale: 'en-US', title: 'Old' },
          { id: 'good', locale: 'en-US', title: 'Order' },
        ],
      },
    ]

    assert.ok(first !== undefined)
    assert.deepEqual(plan([invocation('a', { 'en-US': 'Pay' })], twice).problems, [
      'The build has https://coffee.example.com/a more than once. Delete all but one of them, or use --prune.',
    ])
    assert.deepEqual(inShort(plan([invocation('a', { 'en-US': 'Pay' })], twice, PRUNE).changes), ['delete a'])
    assert.deepEqual(
      planChanges([invocation('a', { 'en-US': 'Order' })], doubled, KEEP).changes.map(
        (change) => 'id' in change && change.id,
      ),
      ['old'],
    )
  })
})

describe('the model of a bundle', () => {
  test('is illegal with four invocations, with a URL twice and with a locale twice', () => {
    const there = ['a', 'b', 'c'].map((page) => toActual(invocation(page, { 'en-US': page }), page))
    const [first] = there
    assert.ok(first !== undefined)
    const doubled = { ...first, localizations: [...first.localizations, ...first.localizations] }

    assert.equal(isLegal(there), true)
    assert.equal(isLegal([...there, { ...first, url: 'https://coffee.example.com/d' }]), false)
    assert.equal(isLegal([first, first]), false)
    assert.equal(isLegal([doubled]), false)
  })

  test('refuses to change what is not there', () => {
    const url = { url: 'https://coffee.example.com/a' }
    assert.throws(
      () =>
        applyChange([], { op: 'update', type: 'betaAppClipInvocations', id: 'x', before: url, after: url, why: '' }),
      /nothing with the id 'x'/,
    )
  })

  test('has a fingerprint that tells ids, URLs, locales and titles apart and no orders', () => {
    const there = ['a', 'b'].map((page) => toActual(invocation(page, { 'en-US': page, ja: page }), page))
    const [first, second] = there
    assert.ok(first !== undefined && second !== undefined)
    const reversed = { ...first, localizations: first.localizations.toReversed() }
    const retitled = {
      ...first,
      localizations: first.localizations.map((localization) => ({ ...localization, title: 'Other' })),
    }

    assert.match(fingerprintOf(there), /^sha256:[0-9a-f]{64}$/)
    assert.equal(fingerprintOf(there), fingerprintOf([second, reversed]))
    for (const other of [[first], [{ ...first, id: 'z' }, second], [retitled, second], []]) {
      assert.notEqual(fingerprintOf(there), fingerprintOf(other))
    }
  })
})
