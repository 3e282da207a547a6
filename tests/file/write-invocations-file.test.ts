import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { LOCALES, resources } from '@clipflight/contract'
import fc from 'fast-check'
import { readInvocationsFile } from '../../packages/plan/src/file/read-invocations-file.ts'
import { resolveInvocations } from '../../packages/plan/src/file/resolve-invocations.ts'
import { writeInvocationsFile, type AppInvocations } from '../../packages/plan/src/file/write-invocations-file.ts'

const { betaAppClipInvocations, betaAppClipInvocationLocalizations } = resources

const title = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    fc.constantFrom('${BUILD}', '$${x}', '$$${', 'no', '1.10', '# x', "'", 'a: b', ' lead', '- x', 'null', 'a\nb\n\n'),
  )
  .filter((text) => betaAppClipInvocationLocalizations.attributes.title.kind.complain(text, '') === undefined)

const url = fc
  .oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.constant('https://a.example/${BUILD}'))
  .map((text) => text.replace(/^http:/, 'https:'))
  .filter((text) => betaAppClipInvocations.attributes.url.kind.complain(text, '') === undefined)

const app: fc.Arbitrary<AppInvocations> = fc.record(
  {
    app: fc.constantFrom('com.example.coffee', '1.10', 'true', 'com.example.b'),
    invocations: fc.uniqueArray(
      fc.record(
        { url, titles: fc.dictionary(fc.constantFrom(...LOCALES), title, { minKeys: 1, noNullPrototype: true }) },
        { noNullPrototype: true },
      ),
      { maxLength: 3, selector: (invocation) => invocation.url },
    ),
  },
  { noNullPrototype: true },
)

describe('a written file of invocations', () => {
  test('begins with the schema that editors check it by, and has each title on a line', () => {
    const text = writeInvocationsFile([
      {
        app: 'com.example.coffee',
        invocations: [
          {
            url: 'https://coffee.example.com/order?shop=12',
            titles: { 'en-US': 'Order at the counter', no: 'Bestill' },
          },
        ],
      },
    ])

    assert.equal(
      text,
      `# yaml-language-server: $schema=./node_modules/clipflight/dist/clipflight.schema.json

app: com.example.coffee
invocations:
  - url: https://coffee.example.com/order?shop=12
    title:
      en-US: Order at the counter
      no: Bestill
`,
    )
  })

  test('reads as what was written, with no variable in it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(app, { minLength: 1, maxLength: 3, selector: (each) => each.app }), (apps) => {
        const file = readInvocationsFile(writeInvocationsFile(apps), 'clipflight.yaml')

        const read = file.apps.map((each) => ({
          app: each.app,
          invocations: resolveInvocations(each, { env: {} }, file.path),
        }))
        assert.deepEqual(read, apps)
      }),
      { numRuns: 1000 },
    )
  })
})
