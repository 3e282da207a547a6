import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { additionsTo, applyChange, type ActualInvocation } from '@clipflight/plan'

const ACTUAL: readonly ActualInvocation[] = [
  {
    id: '1',
    url: 'https://example.com/menu',
    localizations: [
      { id: '11', locale: 'en-US', title: 'Menu' },
      { id: '12', locale: 'de-DE', title: 'Karte' },
    ],
  },
  { id: '2', url: 'https://example.com/order', localizations: [{ id: '21', locale: 'en-US', title: 'Order' }] },
]

const WANTED = [
  { url: 'https://example.com/menu', titles: { 'en-US': 'The menu', 'fr-FR': 'Carte' } },
  { url: 'https://example.com/pay', titles: { 'en-US': 'Pay' } },
]

describe('additions', () => {
  it('bring all that is wanted, and leave titles and invocations that nobody speaks of', () => {
    const additions = additionsTo(WANTED, ACTUAL)

    const [menu, order, pay] = additions.reduce(applyChange, ACTUAL)

    assert.deepEqual(
      menu?.localizations.map(({ locale, title }) => [locale, title]),
      [
        ['en-US', 'The menu'],
        ['de-DE', 'Karte'],
        ['fr-FR', 'Carte'],
      ],
    )
    assert.deepEqual(order, ACTUAL[1])
    assert.equal(pay?.url, 'https://example.com/pay')
  })

  it('are none where all of it is there', () => {
    assert.deepEqual(additionsTo([{ url: 'https://example.com/menu', titles: { 'en-US': 'Menu' } }], ACTUAL), [])
  })
})
