import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import fc from 'fast-check'
import { parse } from 'yaml'
import type { WantedInvocation } from '../../packages/plan/src/plan/invocation.ts'
import { planChanges } from '../../packages/plan/src/plan/plan-changes.ts'
import type { PlannedApp } from '../../packages/cli/src/print/planned-app.ts'
import { toPlanDocument } from '../../packages/cli/src/print/plan-document.ts'
import { writeDataYaml } from '../../packages/cli/src/print/write-data-yaml.ts'
import { writeJson } from '../../packages/cli/src/print/write-json.ts'
import { writePlanMarkdown } from '../../packages/cli/src/print/write-plan-markdown.ts'
import { writePlanText } from '../../packages/cli/src/print/write-plan-text.ts'
import { invocation, toActual } from './bundles.ts'

const COLOR = { color: true }
const PLAIN = { color: false }

function planned(
  wanted: readonly WantedInvocation[],
  there: readonly WantedInvocation[],
  prune = false,
): readonly PlannedApp[] {
  const actual = there.map((each, index) => toActual(each, `i${index}`))
  return [
    {
      app: 'com.example.coffee',
      build: { id: 'build', number: '42', version: '1.4' },
      buildBundle: 'bundle',
      plan: planChanges(wanted, actual, { prune }),
    },
  ]
}

const order = { 'en-US': 'Order', 'de-DE': 'Bestellen', ja: '注文' }
const pay = { 'en-US': 'Pay', 'de-DE': 'Bezahlen' }

const everything = planned(
  [
    invocation('order?shop=14', order),
    invocation('pay', { 'en-US': 'Pay now', 'de-DE': 'Bezahlen' }),
    invocation('menu', { 'en-US': 'Menu' }),
  ],
  [invocation('order?shop=12', order), invocation('pay', { ...pay, 'en-US': 'Pay', ja: '支払い' })],
)

describe('a plan as text', () => {
  test('shows each invocation with what becomes of its URL and titles, and counts', () => {
    assert.equal(
      writePlanText(everything, PLAIN),
      `com.example.coffee  build 1.4 (42)

  ~ https://coffee.example.com/order?shop=12
  → https://coffee.example.com/order?shop=14
    the same invocation by its titles

  ~ https://coffee.example.com/pay
    ~ en-US  Pay → Pay now
    - ja     支払い

  + https://coffee.example.com/menu
    + en-US  Menu

Plan: 1 to create, 2 to update, 1 to delete (4 requests).
`,
    )
  })

  test('is the same text in colour', () => {
    const colored = writePlanText(everything, COLOR)

    assert.notEqual(colored, writePlanText(everything, PLAIN))
    assert.equal(stripVTControlCharacters(colored), writePlanText(everything, PLAIN))
  })

  test('says what is as it should be, and what is not listed', () => {
    const there = [invocation('order', order), invocation('old', pay)]

    assert.equal(
      writePlanText(planned([invocation('order', order)], there), PLAIN),
      `com.example.coffee  build 1.4 (42)

  = https://coffee.example.com/order

  Not listed, left alone (--prune deletes):
  ? https://coffee.example.com/old

No changes.
`,
    )
  })

  test('says by way of what URLs are swapped', () => {
    const text = writePlanText(
      planned([invocation('a', order), invocation('b', pay)], [invocation('b', order), invocation('a', pay)]),
      PLAIN,
    )

    assert.match(text, /by way of https:\/\/coffee\.example\.com\/a#clipflight-1, since invocations trade their URLs/)
    assert.match(text, /\(3 requests\)/)
  })

  test('says why it cannot be applied', () => {
    const text = writePlanText(
      planned(
        [invocation('a', { ja: 'A' }), invocation('b', { ja: 'B' })],
        [invocation('x', { ja: 'X' }), invocation('y', { ja: 'Y' })],
      ),
      PLAIN,
    )

    assert.match(text, /✗ A build takes 3 invocations, and this would be 4/)
    assert.match(text, /not listed: https:\/\/coffee\.example\.com\/x/)
    assert.match(text, /\nCannot be applied\.\n$/)
  })

  test('lets no title give orders to the terminal or fake a line', () => {
    const evil = 'A\u001b[2K\nPlan: \u202eno changes\u0007'

    const text = writePlanText(planned([invocation('a', { ja: evil })], []), PLAIN)

    assert.match(text, /\+ ja {2}A\\u001b\[2K\\nPlan: \\u202eno changes\\u0007\n/)
  })

  test('lets nothing of a service or of a saved plan give orders either', () => {
    const [each] = planned([], [invocation('a', { 'en\u001b[2J\n::error::x': '##[add-mask]a' })], true)
    assert.ok(each !== undefined)
    const changes = each.plan.changes.map((change) => ({ ...change, why: 'x\n\u001b[8mhidden' }))

    const text = writePlanText([{ ...each, app: '::stop-commands::x', plan: { ...each.plan, changes } }], PLAIN)

    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(text, /\u001b|^\s*::|##\[/m)
    assert.match(text, /en\\u001b\[2J\\n::error::x {2}#\\u0023\[add-mask\]a/)
  })
})

describe('a plan as JSON or YAML', () => {
  test('gives no orders to a terminal or a runner, and reads to the letter', () => {
    const title = '\u009b2J\u202e##[set-output name=x]y\n::error::a title that is longer than a line'

    const document = toPlanDocument(planned([invocation('a', { ja: title })], []))

    for (const [text, read] of [
      [writeJson(document), (json: string) => JSON.parse(json)],
      [writeDataYaml(document), (yaml: string) => parse(yaml)],
    ] as const) {
      // oxlint-disable-next-line no-control-regex
      assert.doesNotMatch(text, /[\u009b\u202e]|##\[|^\s*::/m)
      assert.equal(read(text).changes[0].after.titles.ja, title)
    }
  })

  test('has a summary, and changes that say whose they are', () => {
    const document: unknown = JSON.parse(
      writeJson(toPlanDocument(planned([invocation('a', order)], [invocation('b', pay)], true))),
    )

    assert.deepEqual(document, {
      summary: { create: 1, update: 0, delete: 1 },
      builds: [{ app: 'com.example.coffee', buildBundle: 'bundle', id: 'build', number: '42', version: '1.4' }],
      changes: [
        {
          app: 'com.example.coffee',
          op: 'create',
          type: 'betaAppClipInvocations',
          after: invocation('a', order),
          why: 'not on the build yet',
        },
        {
          app: 'com.example.coffee',
          op: 'delete',
          type: 'betaAppClipInvocations',
          id: 'i0',
          before: invocation('b', pay),
          why: 'not listed',
        },
      ],
      unlisted: [],
      problems: [],
    })
  })
})

/** What GitHub shows of a document, as far as it matters here: references resolved, tags gone. */
function shown(markdown: string): string {
  return markdown
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
}

describe('a plan as Markdown', () => {
  test('has a row for each invocation and, behind a fold, one for each title', () => {
    const lines = shown(writePlanMarkdown(everything)).split('\n')

    assert.equal(lines[0], '### Clipflight: com.example.coffee, build 1.4 (42)')
    assert.equal(lines[2], '**1 to create, 2 to update, 1 to delete.**')
    assert.equal(
      lines[6],
      '| 🟡 update | https://coffee.example.com/order?shop=12→ https://coffee.example.com/order?shop=14 |  |',
    )
    assert.equal(lines[7], '| 🟡 update | https://coffee.example.com/pay | titles: en-US, ja |')
    assert.ok(lines.includes('| https://coffee.example.com/pay | en-US | Pay | Pay now |'))
    assert.ok(lines.includes('| https://coffee.example.com/pay | ja | 支払い |  |'))
  })

  test('cannot be broken by what stands in titles and URLs', () => {
    const innocent = writePlanMarkdown(planned([invocation('a', { ja: 'T' })], [])).split('\n').length

    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (title) => {
        const markdown = writePlanMarkdown(planned([{ url: title, titles: { ja: title } }], []))

        assert.equal(markdown.split('\n').length, innocent)
        const cells = [...markdown.matchAll(/<code>([^]*?)<\/code>/g)].map(([, cell = '']) => cell)
        for (const cell of cells) assert.match(cell, /^(?:&#\d+;|[\p{L}\p{N}/ ]|[^\p{ASCII}])*$/u)
      }),
      { numRuns: 1000 },
    )
  })

  test('mentions nobody, links nowhere and closes no cell', () => {
    const markdown = writePlanMarkdown(
      planned([invocation('a', { ja: '</code> | `x` @all #1 https://evil.example' })], []),
    )

    assert.doesNotMatch(markdown, /@all|[^&]#1|https:|`/)
    assert.match(shown(markdown), /<\/code> \| `x` @all #1 https:\/\/evil\.example/)
  })

  test('fits into a comment, however many titles there are', () => {
    const titles = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`l${index}`, '|'.repeat(255)]))
    const apps = ['a', 'b', 'c'].flatMap((page) => planned([invocation(page, titles)], []))

    const markdown = writePlanMarkdown(apps)

    assert.equal(markdown.length < 65_536, true)
    assert.match(markdown, /\d+ more, for which a comment has no room\./)
    assert.match(markdown, /<\/details>\n$/)
  })
})
