import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { BUILT_IN_SEEDS } from '../../packages/server/src/seed/built-in.ts'
import { readSeed } from '../../packages/server/src/seed/read-seed.ts'
import { SeedRefused } from '../../packages/server/src/seed/seed.ts'

/** Every `line:column: reason` that the text is refused with. */
function refusals(text: string): string[] {
  try {
    readSeed(text, 'team.yaml')
  } catch (error) {
    if (!(error instanceof SeedRefused)) throw error
    return error.message.split('\n').map((line) => line.replace(/^team\.yaml:/, ''))
  }
  return []
}

function underApp(text: string): string {
  const indented = text
    .trim()
    .split('\n')
    .map((line) => `        ${line}\n`)
  return `teams:\n  - name: T\n    apps:\n      - name: App\n        bundleId: com.example\n${indented.join('')}`
}

function underClip(text: string): string {
  const indented = text
    .trim()
    .split('\n')
    .map((line) => `        ${line}`)
  return underApp(`
preReleaseVersions:
  - version: '1.0'
    builds:
    - version: '1'
      buildBundles:
      - bundleType: APP_CLIP
${indented.join('\n')}`)
}

describe('reading a seed file', () => {
  test('takes the seeds that come with the service', () => {
    for (const [name, text] of Object.entries(BUILT_IN_SEEDS)) {
      assert.equal(readSeed(text, name).teams.length, 1)
    }
  })

  test('takes the example of its documentation', async () => {
    const page = await readFile(join(import.meta.dirname, '../../docs/seed-files.md'), 'utf8')
    const examples = [...page.matchAll(/```yaml\n(teams:.*?)```/gs)]

    assert.equal(examples.length, 1)
    for (const [, example = ''] of examples) assert.deepEqual(refusals(example), [])
  })

  test('gives every build and group the app it stands under, and a build the details that every build has', () => {
    const seed = readSeed(
      underApp(`
betaGroups: [{ name: QA }]
preReleaseVersions:
  - version: '1.0'
    builds:
      - version: '1'
        betaGroups: [QA]`),
      'team.yaml',
    )

    const [team] = seed.teams
    const build = team?.items.find(({ resource }) => resource.type === 'builds')
    const detail = team?.items.find(({ resource }) => resource.type === 'buildBetaDetails')
    assert.equal(build?.links.app?.resource.type, 'apps')
    assert.equal(build?.links.preReleaseVersion?.attributes.version, '1.0')
    assert.equal(detail?.links.build, build)
    assert.deepEqual(
      team?.pairs.map(({ ends }) => ends.map(({ resource }) => resource.type)),
      [['betaGroups', 'builds']],
    )
  })

  test('gives a team that mentions no keys one with the role ADMIN', () => {
    const [team] = readSeed('teams: [{ name: T }]', 'team.yaml').teams

    assert.deepEqual(
      team?.keys.map(({ roles, individual, publicKey }) => ({ roles, individual, publicKey })),
      [{ roles: ['ADMIN'], individual: false, publicKey: undefined }],
    )
  })

  test('says everything that is wrong at once, in the order of the file', () => {
    assert.deepEqual(refusals(`teams:\n  - nam: T\n    apps:\n      - bundleId: com.example\n        nonsense: 1\n`), [
      "2:5: 'nam' is not a member of a team. Did you mean 'name'?",
      "2:5: a team must have a 'name', which is text without control characters, of 200 at most",
      "4:9: 'apps' must have the attribute 'name'",
      "5:9: 'nonsense' is not a member of 'apps'.",
    ])
  })
})

const UUID = '6f1c2c4e-6f6a-4b39-8d5d-6a1f3c0b0e11'

const cases: readonly (readonly [string, string, readonly string[]])[] = [
  ['an empty file', '', ['1:1: the file must be a mapping (name: value), not nothing']],
  [
    'text that is not YAML',
    'teams: [',
    [`1:8: the [ that begins here does not end; a text that begins with it must be in quotes`],
  ],
  ['a name given twice', 'teams:\n  - name: T\n    name: U\n', ["3:5: 'name' stands twice in this mapping"]],
  ['an alias to nothing', 'teams: *none\n', ["1:8: nothing above has the anchor '&none'"]],
  ['an alias inside of what it repeats', 'teams: &all [*all]\n', ["1:14: '*all' stands inside of what it repeats"]],
  ['a list where a mapping belongs', '- name: T\n', ['1:1: the file must be a mapping (name: value), not a list']],
  ['a mapping where a list belongs', 'teams: { name: T }\n', ["1:8: 'teams' must be a list (- item), not a mapping"]],
  ['no teams', 'teams: []\n', ["1:8: 'teams' must have at least one team"]],
  ['an issuer id that is no UUID', 'teams: [{ name: T, issuerId: me }]', ["1:30: 'issuerId' must be a UUID"]],
  [
    'an issuer id of two teams',
    `teams:\n  - { name: T, issuerId: ${UUID} }\n  - { name: U, issuerId: ${UUID} }\n`,
    [`3:5: another team has the issuer id '${UUID}'`],
  ],
  [
    'a key id of another form',
    'teams: [{ name: T, keys: [{ id: short }] }]',
    ["1:33: 'id' of a key must be 10 characters of A-Z and 0-9, in quotes"],
  ],
  [
    'an unknown role',
    'teams: [{ name: T, keys: [{ roles: [ADMINN] }] }]',
    ["1:37: 'ADMINN' is not a role. Did you mean 'ADMIN'?"],
  ],
  [
    'names with control characters',
    'teams: [{ name: "a\\0b", keys: [{ name: "\\e[31m" }] }]',
    [
      "1:17: a team must have a 'name', which is text without control characters, of 200 at most",
      "1:40: 'name' of a key must be text without control characters, of 200 at most",
    ],
  ],
  ['a key without roles', 'teams: [{ name: T, keys: [{ roles: [] }] }]', ["1:36: 'roles' must have at least one role"]],
  [
    'an unknown member of a key',
    'teams: [{ name: T, keys: [{ role: ADMIN }] }]',
    ["1:29: 'role' is not a member of a key. Did you mean 'roles'?"],
  ],
  [
    'a number where text belongs',
    underApp('preReleaseVersions:\n  - version: 1.10'),
    ["7:22: 'version' must be text: write it in quotes"],
  ],
  [
    'a word that is none of the list',
    underApp("preReleaseVersions:\n  - version: '1'\n    platform: AMIGA"),
    [
      "8:23: 'AMIGA' is not a valid value for the attribute 'platform'. Expected one of: 'IOS', 'MAC_OS', 'TV_OS', 'VISION_OS'",
    ],
  ],
  [
    'a date without a time',
    underApp('betaGroups:\n  - name: QA\n    createdDate: 2026-01-01'),
    [
      "8:26: 'createdDate' must be a point in time such as '2026-03-01T09:30:00Z', or a duration before the seeding such as '-P3D'",
    ],
  ],
  [
    'a duration in months',
    underApp('betaGroups:\n  - name: QA\n    createdDate: -P3M'),
    [
      "8:26: 'createdDate' must be a point in time such as '2026-03-01T09:30:00Z', or a duration before the seeding such as '-P3D'",
    ],
  ],
  ...['2026-02-30T00:00:00Z', '9999-12-31T23:59:59-12:00', '0000-06-01T00:00:00Z', 'P99999999D'].map(
    (date) =>
      [
        `the date ${date}, which no answer could show as it is`,
        underApp(`betaGroups:\n  - name: QA\n    createdDate: ${date}`),
        [
          "8:26: 'createdDate' must be a point in time such as '2026-03-01T09:30:00Z', or a duration before the seeding such as '-P3D'",
        ],
      ] as const,
  ),
  ['nothing where a value must be', underApp('primaryLocale:'), ["6:23: 'primaryLocale' must have a value"]],
  [
    'a member that is close to a known one',
    underApp('appClip: []'),
    ["6:9: 'appClip' is not a member of 'apps'. Did you mean 'appClips'?"],
  ],
  [
    'builds outside of a version',
    underApp("builds: [{ version: '1' }]"),
    ["6:9: 'builds' cannot stand under 'apps', for it needs more around it: docs/seed-files.md shows where it goes."],
  ],
  [
    'what the service does not carry',
    underApp('appEvents: []'),
    ["6:9: 'appEvents' of 'apps' cannot be seeded: the service does not carry it."],
  ],
  [
    'a link that follows from the place',
    underApp('appClips:\n  - bundleId: a.Clip\n    app: com.example'),
    ["8:13: 'app' follows from where this stands."],
  ],
  [
    'an id of an unusable form',
    underApp('appClips:\n  - bundleId: a.Clip\n    id: 12'),
    ["8:17: 'id' must be text of 1 to 64 letters, digits, '.', '_' and '-': write it in quotes, '12'"],
  ],
  [
    'an id given twice',
    underApp('betaGroups:\n  - { id: one, name: A }\n  - { id: one, name: B }'),
    ["8:13: another 'betaGroups' has the id 'one' (the first is at line 7)"],
  ],
  [
    'a version and a build number that are blank',
    underApp("preReleaseVersions:\n  - version: ' '\n    builds:\n      - version: ''"),
    [
      "7:22: The provided entity contains a field 'version' whose value is too short. It must have at least 1 characters.",
      "9:26: The provided entity contains a field 'version' whose value is too short. It must have at least 1 characters.",
    ],
  ],
  [
    'a version twice',
    underApp("preReleaseVersions:\n  - version: '1'\n  - version: '1'\n    platform: IOS"),
    ["8:13: another 'preReleaseVersions' has the same 'app' and 'platform' and 'version' (the first is at line 7)"],
  ],
  [
    'a group that nobody has',
    underApp("preReleaseVersions:\n  - version: '1'\n    builds:\n      - version: '1'\n        betaGroups: [QA]"),
    ["10:30: 'QA' must be the name or the id of one of the 'betaGroups' beside it; none has it"],
  ],
  [
    'a URL without https',
    underClip(
      '  betaAppClipInvocations:\n    - url: http://example.com\n      betaAppClipInvocationLocalizations: [{ locale: ja, title: T }]',
    ),
    ["13:28: The 'url' value is invalid. It must be an absolute https URL with a host."],
  ],
  [
    'a locale twice',
    underClip(
      '  betaAppClipInvocations:\n    - url: https://example.com\n      betaAppClipInvocationLocalizations: [{ locale: ja, title: T }, { locale: ja, title: U }]',
    ),
    [
      "14:86: another 'betaAppClipInvocationLocalizations' has the same 'betaAppClipInvocation' and 'locale' (the first is at line 14)",
    ],
  ],
]

describe('refusing a seed file', () => {
  for (const [what, text, expected] of cases) {
    test(`refuses ${what}`, () => {
      assert.deepEqual(refusals(text), expected)
    })
  }

  test('takes the first and the last date that are written with four digits everywhere', () => {
    for (const date of ['0001-01-01T08:00:00Z', '9999-12-31T23:59:59Z', '2028-02-29T23:59:59+14:00']) {
      assert.deepEqual(refusals(underApp(`betaGroups:\n  - name: QA\n    createdDate: ${date}`)), [])
    }
  })

  for (const [what, text, refused] of [
    ['comments', '# a\n'.repeat(3_000_000), '1:1: the file has more than 100000 lines that are blank or a comment'],
    ['blank lines', '\n'.repeat(3_000_000), '1:1: the file has more than 100000 lines that are blank or a comment'],
    [
      'items',
      `teams: [${'1,'.repeat(4_000_000)}]`,
      '1:1: the file has more than 3000000 lines, items, quotes and other signs of YAML',
    ],
    [
      'brackets',
      '['.repeat(4_000_000),
      '1:1: the file has more than 3000000 lines, items, quotes and other signs of YAML',
    ],
    [
      'repetition',
      `teams:\n  - &t { name: T, apps: [${'{ name: A },'.repeat(2000)}] }\n${'  - *t\n'.repeat(2000)}`,
      '1:1: the aliases of the file repeat more than 500000 values',
    ],
    [
      'repetition of repetition',
      `a0: &a0 [x]\n${Array.from({ length: 300 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]\n`).join('')}`,
      '1:1: the aliases of the file repeat more than 500000 values',
    ],
  ] as const) {
    test(`reads nothing of a file with too much ${what}`, () => {
      assert.deepEqual(refusals(text), [refused])
    })
  }

  test('refuses a fourth invocation of one bundle', () => {
    const titles = 'betaAppClipInvocationLocalizations: [{ locale: ja, title: T }]'
    const four = ['a', 'b', 'c', 'd'].map((path) => `    - { url: 'https://example.com/${path}', ${titles} }`)

    assert.deepEqual(refusals(underClip(`  betaAppClipInvocations:\n${four.join('\n')}`)), [
      "16:23: Only 3 'betaAppClipInvocations' can be present in one 'buildBundle'",
    ])
  })

  test('takes the public half of a P-256 key, and neither its private half nor another curve', () => {
    const pem = (curve: string) => {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
      return {
        open: publicKey.export({ type: 'spki', format: 'pem' }),
        secret: privateKey.export({ type: 'pkcs8', format: 'pem' }),
      }
    }
    const seedWith = (key: string | Buffer) =>
      `teams: [{ name: T, keys: [{ publicKey: ${JSON.stringify(String(key))} }] }]`
    const refused = ["1:40: 'publicKey' must be the public half of a P-256 key, in PEM ('-----BEGIN PUBLIC KEY-----')"]

    assert.deepEqual(refusals(seedWith(pem('P-256').open)), [])
    assert.deepEqual(refusals(seedWith(pem('P-256').secret)), refused)
    assert.deepEqual(refusals(seedWith(pem('P-384').open)), refused)
  })
})
