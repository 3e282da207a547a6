import assert from 'node:assert/strict'
import { after, before, describe, test, type TestContext } from 'node:test'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'
import { invocationBody, updateBody } from '../support/invocations.ts'
import { makeProject, type Project } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND] = [1, 2, 4]
const EXIT_CHANGES = 2

const A = 'https://example.com/a'
const B = 'https://example.com/b'
const C = 'https://example.com/c'
const ORDER = { 'en-US': 'Order', ja: '注文' }
const PAY = { 'en-US': 'Pay' }

describe('diff', () => {
  let server: TestServer
  let other: TestServer
  before(async () => {
    ;[server, other] = await Promise.all([startServer('sqlite'), startServer('sqlite')])
  })
  after(() => Promise.all([server.close(), other.close()]))

  interface Pair {
    readonly project: Project
    /** The build with the same number on the other service. */
    readonly build: string
    give(url: string, titles: Readonly<Record<string, string>>): Promise<void>
    diff(...more: readonly string[]): ReturnType<Project['run']>
  }

  /** One app on both services, the other of which is known as a profile. */
  async function makePair(context: TestContext): Promise<Pair> {
    const project = await makeProject(context, server)
    const { bundleId, user } = project
    const { clipBundle, build } = await makeBuild(other.storage, other.team.number, { bundleId, number: '42' })
    const path = await user.saveKey(other.key)
    const login = ['auth', 'login', '--name', 'other', '--private-key-path', path, '--issuer-id', other.key.issuerId]
    const saved = await user.run([...login, '--base-url', other.url])
    assert.equal(saved.code, 0, saved.stderr)
    return {
      project,
      build,
      async give(url, titles) {
        const body = invocationBody(clipBundle, url, titles)
        assert.equal((await other.send('POST', '/v1/betaAppClipInvocations', { body })).status, 201)
      },
      diff: (...more) => project.run(['diff', '--app', bundleId, '--with-profile', 'other', ...more]),
    }
  }

  test('says that there are no differences where there are none, whatever the ids', async (context) => {
    const pair = await makePair(context)
    await pair.project.give(A, ORDER)
    await pair.give(A, ORDER)

    const { code, stdout, stderr } = await pair.diff('--detailed-exitcode')

    assert.equal(code, 0, stderr)
    assert.equal(
      stdout,
      `${pair.project.bundleId}  build 1.4 (42)

  - ${server.url}
  + ${other.url}

  = ${A}

No differences.
`,
    )
  })

  test('shows invocations, titles and the state of a build that differ', async (context) => {
    const pair = await makePair(context)
    await pair.project.give(A, ORDER)
    await pair.project.give(B, PAY)
    await pair.give(A, { 'en-US': 'Order now' })
    await pair.give(C, { 'en-US': 'Eat' })
    const expired = updateBody('builds', pair.build, { expired: true })
    assert.equal((await other.send('PATCH', `/v1/builds/${pair.build}`, { body: expired })).status, 200)

    const { code, stdout } = await pair.diff('--detailed-exitcode')
    const unasked = await pair.diff()

    assert.equal(code, EXIT_CHANGES)
    assert.equal(unasked.code, 0)
    assert.equal(
      stdout.split('\n').slice(5).join('\n'),
      `  ~ expired  no → yes
  ~ state for internal testers  READY_FOR_BETA_TESTING → EXPIRED
  ~ state for external testers  READY_FOR_BETA_SUBMISSION → EXPIRED

  ~ ${A}
    ~ en-US  Order → Order now
    - ja     注文

  + ${C}
    + en-US  Eat

  - ${B}
    - en-US  Pay

3 invocations and 3 facts of the build differ.
`,
    )
  })

  test('takes an invocation with another URL and the same title for the same', async (context) => {
    const pair = await makePair(context)
    await pair.project.give(A, ORDER)
    await pair.give(B, ORDER)

    const { stdout } = await pair.diff()

    assert.match(stdout, / {2}~ \S+\/a\n {2}→ \S+\/b\n/)
    assert.match(stdout, /1 invocation differs\.\n$/)
  })

  test('is JSON and Markdown when that is asked for', async (context) => {
    const pair = await makePair(context)
    await pair.give(A, PAY)

    const json = JSON.parse((await pair.diff('-o', 'json')).stdout)
    const markdown = await pair.diff('-o', 'markdown')

    assert.equal(json.isSame, false)
    assert.deepEqual(
      json.builds.map(({ service, id }: { service: string; id: string }) => [service, id]),
      [
        [server.url, pair.project.build.build],
        [other.url, pair.build],
      ],
    )
    assert.deepEqual(json.changes, [{ op: 'create', type: 'betaAppClipInvocations', after: { url: A, titles: PAY } }])
    assert.match(markdown.stdout, /\*\*1 invocation differs\.\*\*[^]*🟢 create/)
  })

  test('names the service that has no such build or does not answer, and ends with 1 where codes are for changes', async (context) => {
    const pair = await makePair(context)
    const { app, version } = pair.project.build
    await makeBuild(server.storage, server.team.number, { app, version, number: '43' })
    const gone = await startServer('sqlite')
    const away = pair.project.user
    const path = await away.saveKey(gone.key)
    const login = ['auth', 'login', '--name', 'gone', '--private-key-path', path, '--issuer-id', gone.key.issuerId]
    assert.equal((await away.run([...login, '--base-url', gone.url])).code, 0)
    await gone.close()

    const missing = await pair.diff('--build', '43')
    const detailed = await pair.diff('--build', '43', '--detailed-exitcode')
    const silent = await pair.project.run(['diff', '--app', pair.project.bundleId, '--with-profile', 'gone'])

    assert.equal(missing.code, EXIT_NOT_FOUND)
    assert.equal(missing.stdout, '')
    assert.equal(detailed.code, EXIT_FAILED)
    assert.equal(silent.code, EXIT_FAILED)
    assert.ok(silent.stderr.includes(`${gone.url} (from`), silent.stderr)
  })

  test('says how the other service is named where none runs in the folder', async (context) => {
    const { project } = await makePair(context)

    const { code, stderr } = await project.run(['diff', '--app', project.bundleId, '--with-local'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /^ {2}Start one: clipflight serve$/m)
    assert.match(stderr, /is named with --with-data-dir\.$/m)
  })

  test('wants something to compare with, and something else', async (context) => {
    const { project } = await makePair(context)
    const args = ['diff', '--app', project.bundleId]

    const nothing = await project.run(args)
    const same = await project.user.run([...args, '--profile', 'other', '--with-profile', 'other'])

    assert.equal(nothing.code, EXIT_USAGE)
    assert.match(nothing.stderr, /--with-local, --with-data-dir or --with-profile/)
    assert.equal(same.code, EXIT_USAGE)
    assert.match(same.stderr, /Both are one and the same/)
  })
})
