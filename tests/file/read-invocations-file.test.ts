import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { InvocationsFileRefused } from '../../packages/plan/src/file/invocations-file.ts'
import { readInvocationsFile } from '../../packages/plan/src/file/read-invocations-file.ts'
import { resolveInvocations } from '../../packages/plan/src/file/resolve-invocations.ts'

/** Every `line:column: reason` that the text is refused with. */
function refusals(text: string): string[] {
  try {
    readInvocationsFile(text, 'clipflight.yaml')
  } catch (error) {
    if (!(error instanceof InvocationsFileRefused)) throw error
    return error.message.split('\n').map((line) => line.replace(/^clipflight\.yaml:/, ''))
  }
  return []
}

/** A file with the text in place of its first invocation, which begins at line 3, column 5. */
function withInvocation(text: string): string {
  const [first = '', ...rest] = text.trim().split('\n')
  return ['app: com.example.coffee', 'invocations:', `  - ${first}`, ...rest.map((line) => `    ${line}`), ''].join(
    '\n',
  )
}

const GOOD = 'url: https://coffee.example.com/order\ntitle: { en-US: Order }'

describe('reading a file of invocations', () => {
  test('takes one app, with its invocations in order', () => {
    const { path, apps } = readInvocationsFile(withInvocation(GOOD), 'ci/clipflight.yaml')

    const [app] = apps
    assert.equal(path, 'ci/clipflight.yaml')
    assert.equal(apps.length, 1)
    assert.equal(app?.app, 'com.example.coffee')
    assert.deepEqual(app.at, { line: 1, column: 6 })
    assert.deepEqual(app.invocations[0]?.url, {
      parts: ['https://coffee.example.com/order'],
      at: { line: 3, column: 10 },
    })
    assert.equal(app.invocations[0]?.titles[0]?.locale, 'en-US')
  })

  test('takes several apps, and one without invocations', () => {
    const { apps } = readInvocationsFile(
      'apps:\n  - { app: com.example.a, invocations: [] }\n  - app: com.example.b\n    invocations:\n      - url: https://b.example\n        title: { ja: B }\n',
      'clipflight.yaml',
    )

    assert.deepEqual(
      apps.map(({ app, invocations }) => [app, invocations.length]),
      [
        ['com.example.a', 0],
        ['com.example.b', 1],
      ],
    )
  })

  test('takes anchors and aliases', () => {
    const { apps } = readInvocationsFile(
      `apps:
  - app: com.example.a
    invocations:
      - url: https://coffee.example.com/a
        title: &titles { en-US: Order, de-DE: Bestellen }
      - { url: 'https://coffee.example.com/b', title: *titles }
`,
      'clipflight.yaml',
    )

    assert.deepEqual(apps[0]?.invocations[1]?.titles, apps[0]?.invocations[0]?.titles)
  })

  test('takes the examples of its documentation', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/clipflight-yaml.md'), 'utf8')
    const examples = [...page.matchAll(/```yaml\n((?:#[^\n]*\n+)?apps?:.*?)```/gs)]

    assert.equal(examples.length >= 2, true)
    for (const [, example = ''] of examples) {
      assert.deepEqual(refusals(example), [])
      for (const app of readInvocationsFile(example, '').apps) {
        const values = { BUILD: '42', VERSION: '1.4', GIT_SHA: 'abc', BRANCH: 'main', env: { SHOP_HOST: 'x.example' } }
        assert.equal(resolveInvocations(app, values, '').length, app.invocations.length)
      }
    }
  })
})

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'text that is not YAML',
    'app: [',
    ['1:6: the [ that begins here does not end; a text that begins with it must be in quotes'],
  ],
  ['an empty file', '', ['1:1: the file must be a mapping (name: value), not nothing']],
  ['a % that begins no directive', '%app\n---\n', ['1:1: Unknown directive %app']],
  ['a list', '- app: a\n', ['1:1: the file must be a mapping (name: value), not a list']],
  ['an alias to nothing', 'app: *a\ninvocations: []\n', [`1:6: nothing above has the anchor '&a'`]],
  [
    'nothing in it',
    '{}',
    [
      `1:1: 'app' is missing: the bundle id of the app, such as com.example.coffee`,
      `1:1: 'invocations' is missing: a list, or [] for none`,
    ],
  ],
  ['an app that is not text', 'app: 7\ninvocations: []\n', [`1:6: 'app' must be text: write it in quotes`]],
  ['an app without a name', `app: ' '\ninvocations: []\n`, [`1:6: 'app' must be the bundle id of the app`]],
  [
    'an unknown key, with what was meant',
    'app: com.example.coffee\ninvocation: []\n',
    [
      `1:1: 'invocations' is missing: a list, or [] for none`,
      `2:1: 'invocation' is not a member of an app. Did you mean 'invocations'?`,
    ],
  ],
  [
    'both ways to name apps',
    'app: a\napps: [{ app: b, invocations: [] }]\n',
    [`1:1: 'app' is not a member of a file with 'apps'. Did you mean 'apps'?`],
  ],
  [
    'an app twice',
    'apps:\n  - { app: a, invocations: [] }\n  - { app: a, invocations: [] }\n',
    ['3:12: another item has the app (the first is at line 2)'],
  ],
  ['apps that are no list', 'apps: { a: 1 }\n', [`1:7: 'apps' must be a list (- item), not a mapping`]],
  ['an app that is no mapping', 'apps: [a]\n', [`1:8: an item of 'apps' must be a mapping (name: value), not 'a'`]],
  [
    'invocations that are no list',
    'app: a\ninvocations:\n',
    [`2:13: 'invocations' must be a list (- item), not nothing`],
  ],
  [
    'an invocation that is a URL only',
    'app: a\ninvocations: [https://a.example]\n',
    [`2:15: an invocation must be a mapping (name: value), not 'https://a.example'`],
  ],
  [
    'four invocations',
    `app: a\ninvocations:\n${['a', 'b', 'c', 'd'].map((page) => `  - { url: 'https://x.example/${page}', title: { ja: T } }\n`).join('')}`,
    ['6:5: a build takes 3 invocations, and these are 4'],
  ],
  [
    'a key twice, along with everything else',
    withInvocation(`${GOOD}\nurl: https://coffee.example.com/other\ntitel: x`),
    [`5:5: 'url' stands twice in this mapping`, `6:5: 'titel' is not a member of an invocation. Did you mean 'title'?`],
  ],
  [
    'a member that begins to the left of the others',
    'app: a\ninvocations:\n  - url: https://a.example\n   title:\n      ja: B\n',
    [`4:4: the indentation is wrong: to stand beside 'url' of line 3, this line must begin in column 5`],
  ],
  [
    'a first line that is indented',
    ' app: a\ninvocations: []\n',
    [`2:1: the indentation is wrong: to stand beside 'app' of line 1, this line must begin in column 2`],
  ],
  [
    'an item that begins to the left of the others',
    `${withInvocation('url: https://a.example\ntitle:\n  ja: A')} - url: https://b.example\n   title: { ja: B }\n`,
    [`6:2: the indentation is wrong: to stand beside '- url' of line 3, this line must begin in column 3`],
  ],
  [
    'an item without a space behind its dash',
    'app: a\ninvocations:\n  -url: https://a.example\n    title: { ja: B }\n',
    [`3:3: a space is missing behind '-'`],
  ],
  [
    'a URL without its name, and more of the invocation below',
    'app: a\ninvocations:\n  - https://a.example\n    title: { ja: B }\n',
    [`3:5: 'name: value' is expected here, and not 'https://a.example'`],
  ],
  [
    'the only title without a space behind its colon',
    withInvocation('url: https://a.example\ntitle:\n  ja:A'),
    [`5:7: a space is missing behind 'ja:'`],
  ],
  [
    'a title in brackets without a space behind its colon',
    withInvocation('url: https://a.example\ntitle: {ja:A}'),
    [`4:13: a space is missing behind 'ja:'`, `4:13: 'title' must be text`],
  ],
  ['text in UTF-16', [...'app: a'].join('\0'), ['1:1: the file is no text in UTF-8']],
  [
    'titles beside the name of titles',
    withInvocation('url: https://a.example\ntitle:\nen-US: A'),
    [
      `4:11: 'title' must be a mapping (name: value), not nothing`,
      `5:5: 'en-US' belongs below 'title': indent it further than that`,
    ],
  ],
  [
    'a second document',
    'app: a\ninvocations: []\n---\napp: b\n',
    [`3:1: here begins another document ('---'), and a file has one`],
  ],
  ['an empty list of apps', 'apps: []', [`1:7: 'apps' must have at least one item`]],
  ['no URL', withInvocation('title: { en-US: Order }'), [`3:5: 'url' is missing`]],
  [
    'no titles',
    withInvocation('url: https://a.example'),
    [`3:5: 'title' is missing: a title for each locale, such as 'en-US: Order'`],
  ],
  [
    'an empty mapping of titles',
    withInvocation('url: https://a.example\ntitle: {}'),
    [`4:12: 'title' must have a title in at least one locale`],
  ],
  [
    'a title without a locale',
    withInvocation('url: https://a.example\ntitle: Order'),
    [`4:12: 'title' must be a mapping (name: value), not 'Order'`],
  ],
  [
    'a URL that is not https',
    withInvocation('url: http://a.example\ntitle: { ja: T }'),
    [`3:10: The 'url' value is invalid. It must be an absolute https URL with a host.`],
  ],
  [
    'a URL with a space, a URL without a host',
    'app: a\ninvocations:\n  - { url: "https://a.example/a b", title: { ja: T } }\n  - { url: "https:///x", title: { ja: T } }\n',
    [
      `3:12: The 'url' value is invalid. It must be an absolute https URL with a host.`,
      `4:12: The 'url' value is invalid. It must be an absolute https URL with a host.`,
    ],
  ],
  [
    'a URL that is too long',
    withInvocation(`url: https://a.example/${'x'.repeat(2048)}\ntitle: { ja: T }`),
    [`3:10: The provided entity contains a field 'url' whose value is too long. It cannot exceed 2048 characters.`],
  ],
  [
    'a URL that is not text',
    withInvocation('url: 7\ntitle: { ja: T }'),
    [`3:10: 'url' must be text: write it in quotes`],
  ],
  ['a URL that is nothing', withInvocation('url:\ntitle: { ja: T }'), [`3:9: 'url' must be text`]],
  [
    'a URL twice',
    'app: a\ninvocations:\n  - { url: "https://a.example/${BUILD}", title: { ja: T } }\n  - { url: "https://a.example/${BUILD}", title: { ja: U } }\n',
    ['4:12: another invocation has the same URL (the first is at line 3)'],
  ],
  [
    'a title that is too long, one that is blank and one that is a number',
    withInvocation(`url: https://a.example\ntitle:\n  en-US: ${'x'.repeat(256)}\n  de-DE: ' '\n  ja: 2026\n  fr-FR:`),
    [
      `5:14: The provided entity contains a field 'title' whose value is too long. It cannot exceed 255 characters.`,
      `6:14: The provided entity contains a field 'title' whose value is too short. It must have at least 1 characters.`,
      `7:11: 'title' must be text: write it in quotes`,
      `8:13: 'title' must be text`,
    ],
  ],
  [
    'locales that there are not, with those that there are',
    withInvocation('url: https://a.example\ntitle: { en_US: A, de: B, nb: C, zh-CN: D, ja-JP: E, xx: F, en: G }'),
    [
      `4:14: 'en_US' is not a locale of App Store Connect. Did you mean 'en-US'?`,
      `4:24: 'de' is not a locale of App Store Connect. Did you mean 'de-DE'?`,
      `4:31: 'nb' is not a locale of App Store Connect. Did you mean 'no'?`,
      `4:38: 'zh-CN' is not a locale of App Store Connect. There are zh-Hans, zh-Hant.`,
      `4:48: 'ja-JP' is not a locale of App Store Connect. Did you mean 'ja'?`,
      `4:58: 'xx' is not a locale of App Store Connect.`,
      `4:65: 'en' is not a locale of App Store Connect. There are en-AU, en-CA, en-GB, en-US.`,
    ],
  ],
  [
    'a variable that there is not, where it stands',
    withInvocation('url: https://a.example/${BUILT}/${env.1}\ntitle: { ja: "${}" }'),
    [
      `3:28: '\${BUILT}' is not a variable. Did you mean 'BUILD'?`,
      `3:37: '1' cannot be the name of an environment variable`,
      "4:19: '${}' is not a variable. There are ${BUILD}, ${VERSION}, ${GIT_SHA}, ${BRANCH}, and ${env.NAME}.",
    ],
  ],
  [
    'a variable of the environment without env',
    withInvocation('url: https://a.example/${CI_PIPELINE}\ntitle: { ja: T }'),
    [
      "3:28: '${CI_PIPELINE}' is not a variable. There are ${BUILD}, ${VERSION}, ${GIT_SHA}, ${BRANCH}, and ${env.CI_PIPELINE} is the environment's.",
    ],
  ],
  [
    'a variable that does not end, and one in the style of GitHub',
    withInvocation('url: "https://a.example/${BUILD"\ntitle: { ja: "${{ github.sha }}" }'),
    [
      "3:29: '${' begins a variable, such as '${BUILD}', and '}' does not end it; '$${' stands for the characters themselves",
      "4:19: '${' begins a variable, such as '${BUILD}', and '}' does not end it; '$${' stands for the characters themselves",
    ],
  ],
  [
    'a variable that sounds like a secret',
    withInvocation('url: https://a.example/${env.ASC_PRIVATE_KEY}\ntitle: { ja: T }'),
    [
      "3:28: '${env.ASC_PRIVATE_KEY}' sounds like a secret, and URLs and titles are for everybody: give the value another name",
    ],
  ],
]

/** Lines below `title`, which stands at line 4, column 5. */
const titleMistakes: readonly (readonly [string, string, string])[] = [
  [
    'a colon in a text',
    '  en-US: Coffee: order now # new',
    '5:14: a text with a colon in it must be in quotes: "Coffee: order now"',
  ],
  [
    'a colon in a text that has quotes',
    '  fr-FR: L"été": c\'est\r\n  ja: B',
    `5:14: a text with a colon in it must be in quotes: 'L"été": c''est'`,
  ],
  [
    'a colon at the end of a text that is too long to repeat',
    `  en-US: ${'x'.repeat(41)}:`,
    '5:14: a text with a colon in it must be in quotes',
  ],
  [
    'a colon in a text in brackets',
    '  { en-US: Coffee: now, ja: B }',
    '5:16: a text with a colon in it must be in quotes: "Coffee: now"',
  ],
  [
    'a tab in front of a line',
    '  en-US: A\n\tja: B',
    '6:5: here is a tab, and only spaces may stand in front of a line: replace it by spaces',
  ],
  [
    'a tab behind spaces in front of a line',
    '  en-US: A\n \t ja: B',
    '6:6: here is a tab, and only spaces may stand in front of a line: replace it by spaces',
  ],
  [
    'a line that begins too far to the left',
    '  en-US: A\n\n  # the next\n ja: B',
    `8:6: the indentation is wrong: to stand beside 'en-US' of line 5, this line must begin in column 7`,
  ],
  [
    'a line that begins too far to the right',
    '  en-US: A\n   ja: B',
    `6:8: the indentation is wrong: to stand beside 'en-US' of line 5, this line must begin in column 7`,
  ],
  ['a name without a space behind its colon', '  en-US:A\n  ja: B', `5:7: a space is missing behind 'en-US:'`],
  ['a text without a name', '  en-US: A\n  B', `6:7: 'name: value' is expected here, and not 'B'`],
  [
    'a first character that YAML keeps for itself',
    '  en-US: @home',
    '5:14: a text that begins with @ must be in quotes: "@home"',
  ],
  [
    'quotes around a part of a text',
    '  en-US: "Coffee" now',
    `5:14: the text goes on behind its quote or bracket: put all of it in quotes: '"Coffee" now'`,
  ],
  [
    'the quote of a text within it',
    "  en-US: 'It's now'",
    '5:14: the text goes on behind its quote or bracket: put all of it in quotes: "It\'s now"',
  ],
  ['a quote that does not end', `  en-US: "It's\n  ja: B`, '5:14: the quote that begins here does not end'],
]

describe('a file of invocations is refused', () => {
  for (const [what, text, expected] of cases) {
    test(`for ${what}`, () => {
      assert.deepEqual(refusals(text), expected)
    })
  }

  for (const [what, title, expected] of titleMistakes) {
    test(`for ${what}, in words for somebody who wrote it by hand`, () => {
      assert.deepEqual(refusals(withInvocation(`url: https://a.example\ntitle:\n${title}`)), [expected])
    })
  }

  test('for what git left in it, and for nothing that follows from that', () => {
    const sides = '<<<<<<< HEAD\napp: a\n=======\napp: b\n>>>>>>> branch\ninvocations: []\n'

    assert.deepEqual(refusals(sides), [
      '1:1: here is a conflict that git left: keep one side, and none of the lines of <, = and >',
    ])
  })

  test('with what an alias repeats said once', () => {
    const found = refusals(
      'apps:\n  - app: a\n    invocations: &all\n      - { url: http://a.example, title: { ja: T } }\n  - { app: b, invocations: *all }\n',
    )

    assert.deepEqual(found, [`4:16: The 'url' value is invalid. It must be an absolute https URL with a host.`])
  })
})

describe('a file that means harm', () => {
  const head = 'app: com.example.coffee\ninvocations: []\n'

  // One by one they take longer than a file of tests may.
  test('is read however many aliases it has', () => {
    const aliases = Array.from({ length: 70_000 }, (_, index) => `  - *a # ${index}`).join('\n')

    assert.deepEqual(refusals(`${head}x:\n  - &a [1, 2, 3]\n${aliases}\n`), ["3:1: 'x' is not a member of an app."])
  })

  test('is read however many lines are indented wrongly', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) => `   a${index}:\n  b: 1`).join('\n')

    assert.equal(refusals(`${head}x:\n${lines}\n`).length, 201)
  })

  test('gets a line for each problem and no more, whatever it quotes', () => {
    assert.deepEqual(refusals(`${head}"a\\n::error::b": 1\n`), ["3:1: 'a\\n::error::b' is not a member of an app."])
  })

  test('is quoted only a little, for it may be a file of another kind', () => {
    const [secret = ''] = refusals(`PASSWORD=${'x'.repeat(100_000)}`)
    const [member = ''] = refusals(`${head}? ${'y'.repeat(100_000)}\n: 1\n`)

    assert.ok(secret.length < 150, secret)
    assert.ok(member.length < 500)
  })

  test('is told of no more problems than anybody reads', () => {
    const lines = refusals(head + Array.from({ length: 1000 }, (_, index) => `k${index}: 1\n`).join(''))

    assert.equal(lines.length, 201)
    assert.equal(lines.at(-1), 'and 800 more')
  })
})
