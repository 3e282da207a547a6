import assert from 'node:assert/strict'
import { readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { LOCALES, resources } from '@clipflight/contract'
import { parse } from 'yaml'
import { startGateway } from '../support/gateway.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, plant } from '../support/teams.ts'
import { makeProject } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_AUTHORISED, EXIT_NOT_FOUND, EXIT_CONFLICT] = [1, 2, 3, 4, 5]
const EXIT_CHANGES = 2

const A = 'https://example.com/a'
const B = 'https://example.com/b'
const ORDER = { 'en-US': 'Order' }

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

describe('a plan', () => {
  test('shows what would change on the newest build, and changes nothing', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': 'Order', ja: '注文' })
    await project.write({ [A]: { 'en-US': 'Order now', ja: '注文' }, [B]: ORDER })

    const { code, stdout, stderr } = await project.run(['plan'])

    assert.equal(code, 0, stderr)
    assert.equal(
      stdout,
      `${project.bundleId}  build 1.4 (42)

  ~ ${A}
    ~ en-US  Order → Order now

  + ${B}
    + en-US  Order

Plan: 1 to create, 1 to update, 0 to delete (2 requests).
`,
    )
    assert.deepEqual(await project.has(), { [A]: { 'en-US': 'Order', ja: '注文' } })
  })

  test('is JSON and Markdown when that is asked for', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const json = JSON.parse((await project.run(['plan', '--output', 'json'])).stdout)
    const markdown = (await project.run(['plan', '--output', 'markdown'])).stdout
    const byVariable = (await project.run(['plan'], { CLIPFLIGHT_OUTPUT: 'markdown' })).stdout

    assert.equal(byVariable, markdown)
    assert.deepEqual(json.summary, { create: 1, update: 0, delete: 0 })
    assert.deepEqual(json.changes[0].after, { url: A, titles: ORDER })
    assert.equal(json.builds[0].id, project.build.build)
    assert.match(markdown, /^### Clipflight: .*\n\n\*\*1 to create, 0 to update, 0 to delete\.\*\*/)
  })

  test('is YAML with what JSON has, and text by its other name', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const [json, yaml, byVariable, table] = [
      await project.run(['plan', '--output', 'json']),
      await project.run(['plan', '--output', 'yaml']),
      await project.run(['plan'], { CLIPFLIGHT_OUTPUT: 'yaml' }),
      await project.run(['plan', '--output', 'table']),
    ].map(({ stdout }) => stdout)

    assert.deepEqual(parse(yaml ?? ''), JSON.parse(json ?? ''))
    assert.ok(yaml?.startsWith('summary:\n'), yaml)
    assert.equal(byVariable, yaml)
    assert.match(table ?? '', /^Plan: 1 to create/m)
  })

  test('is JSON where the variable says so of all output, which may not say just anything', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const json = await project.run(['plan'], { CLIPFLIGHT_OUTPUT: 'json' })
    const wrong = await project.run(['plan'], { CLIPFLIGHT_OUTPUT: 'xml' })

    assert.deepEqual(JSON.parse(json.stdout).summary, { create: 1, update: 0, delete: 0 })
    assert.equal(wrong.code, EXIT_USAGE)
    assert.match(wrong.stderr, /CLIPFLIGHT_OUTPUT must be one of table, json, yaml, not 'xml'/)
  })

  test('says by its exit code whether something would change, only when that is asked for', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A)
    await project.write({ [A]: ORDER })
    const same = await project.run(['plan', '--detailed-exitcode'])
    await project.write({ [B]: { 'en-US': 'Pay' } })
    const changed = await project.run(['plan', '--detailed-exitcode'])
    const unasked = await project.run(['plan'])

    assert.equal(same.code, 0, same.stderr)
    assert.equal(changed.code, EXIT_CHANGES, changed.stderr)
    assert.equal(unasked.code, 0, unasked.stderr)
  })

  test('never ends with the code for changes when it fails', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    for (const args of [['--no-such'], ['--app', 'com.example.other'], ['--build', '9'], ['--file', 'none.yaml']]) {
      const { code, stderr } = await project.run(['plan', '--detailed-exitcode', '--output', 'json', ...args])
      assert.equal(code, EXIT_FAILED, args.join(' '))
      assert.equal(JSON.parse(stderr).error.exitCode, EXIT_FAILED)
    }
  })

  test('leaves alone what is not listed, and deletes it with --prune', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': 'Somebody else’s' })
    await project.write({})

    const without = await project.run(['plan'])
    const pruning = await project.run(['plan', '--prune'])

    assert.match(without.stdout, /Not listed, left alone \(--prune deletes\):\n {2}\? https:.*\n\nNo changes\.\n$/)
    assert.match(pruning.stdout, /0 to create, 0 to update, 1 to delete \(1 request\)/)
  })

  test('that does not fit on the build is a conflict that says why', async (context) => {
    const project = await makeProject(context, server)
    for (const name of ['x', 'y']) await project.give(`https://example.com/${name}`, { ja: name })
    await project.write({ [A]: { ja: 'a' }, [B]: { ja: 'b' } })

    const { code, stdout, stderr } = await project.run(['plan', '--out', 'plan.json'])
    const asJson = await project.run(['plan', '--output', 'json'])

    assert.equal(code, EXIT_CONFLICT)
    assert.match(stdout, /A build takes 3 invocations, and this would be 4/)
    assert.match(stderr, /^clipflight: What is wanted does not fit on build 1\.4 \(42\) of .*\. Nothing was changed\n$/)
    assert.match(JSON.parse(asJson.stderr).error.problems[0].reason, /this would be 4/)
    await assert.rejects(project.readText('plan.json'))
  })
})

describe('a saved plan', () => {
  test('is a file for its owner only, in the place of the one before', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    const path = join(project.user.folder, 'plan.json')
    await writeFile(path, 'what was there before', { mode: 0o644 })

    const { code, stderr } = await project.run(['plan', '--out', 'plan.json'])

    assert.equal(code, 0, stderr)
    assert.equal(JSON.parse(await project.readText('plan.json')).formatVersion, 1)
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    assert.deepEqual((await readdir(project.user.folder)).toSorted(), ['clipflight.yaml', 'plan.json'])
  })

  test('is not written to where a link leads', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    await project.writeText('of somebody else', 'other')
    await symlink('other', join(project.user.folder, 'plan.json'))

    const { code, stderr } = await project.run(['plan', '--out', 'plan.json'])

    assert.equal(code, EXIT_FAILED)
    assert.match(
      stderr,
      /clipflight: plan\.json is there, and is a link or something else that is no file\n {2}Name another/,
    )
    assert.equal(await project.readText('other'), 'of somebody else')
  })
})

describe('the build of a plan', () => {
  test('is read in three requests when it is the newest, in two by its number or id, and in one by its App Clip', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url, number: '4711' })
    const titles = Object.fromEntries(LOCALES.slice(0, 40).map((locale) => [locale, `Title in ${locale}`]))
    const invocations = { [A]: titles, [B]: titles, 'https://example.com/c': titles }
    for (const [url, each] of Object.entries(invocations)) await project.give(url, each)
    await project.write(invocations)

    const counts = []
    const { build, clipBundle } = project.build
    for (const args of [[], ['--build', '4711'], ['--build', build], ['--bundle', clipBundle]]) {
      const before = gateway.requests.length
      const { stdout, stderr } = await project.run(['plan', ...args])
      assert.match(stdout, /\nNo changes\.\n$/, stderr)
      counts.push(gateway.requests.length - before)
    }

    assert.deepEqual(counts, [3, 2, 2, 1])
  })

  test('is told from those of its number in other apps and versions', async (context) => {
    const project = await makeProject(context, server, { number: '77' })
    await makeBuild(server.storage, server.team.number, { number: '77' })
    const version = await server.storage.write((transaction) =>
      plant(
        transaction,
        server.team.number,
        resources.preReleaseVersions,
        { version: '2.0' },
        { app: project.build.app },
      ),
    )
    await project.write({ [A]: ORDER })

    const first = await project.run(['plan', '--build', '77'])
    await makeBuild(server.storage, server.team.number, {
      app: project.build.app,
      version,
      number: '77',
      bundleId: project.bundleId,
    })
    const ambiguous = await project.run(['plan', '--build', '77'])
    const chosen = await project.run(['plan', '--build', '77', '--version', '2.0'])

    assert.match(first.stdout, /build 1\.4 \(77\)/, first.stderr)
    assert.equal(ambiguous.code, EXIT_USAGE)
    assert.match(ambiguous.stderr, /has several builds 77/)
    assert.match(chosen.stdout, /build 2\.0 \(77\)/, chosen.stderr)
  })

  test('that is of another app is refused', async (context) => {
    const project = await makeProject(context, server)
    const other = await makeProject(context, server)
    await project.write({ [A]: ORDER })

    const { code, stderr } = await project.run(['plan', '--build', other.build.build])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, new RegExp(`is of ${other.bundleId}, and not of ${project.bundleId}`))
  })

  test('that is not there, or whose app is not, is an error', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: ORDER })
    const noBuild = await project.run(['plan', '--build', '9'])
    const version = await project.run(['plan', '--build', '1.4'])
    await project.writeText(`app: com.example.nowhere\ninvocations: []\n`)
    const noApp = await project.run(['plan'])

    assert.equal(noBuild.code, EXIT_NOT_FOUND)
    assert.match(noBuild.stderr, /has no build 9\n {2}See those there are/)
    assert.equal(version.code, EXIT_NOT_FOUND)
    assert.match(version.stderr, /has no build 1\.4\n {2}A version is named with --version 1\.4/)
    assert.equal(noApp.code, EXIT_NOT_FOUND)
    assert.match(noApp.stderr, /There is no app 'com\.example\.nowhere'/)
  })

  test('is waited for while it is processed', async (context) => {
    const project = await makeProject(context, server)
    const setState = (processingState: string) =>
      server.storage.write((transaction) =>
        transaction.update(resources.builds, server.team.number, project.build.build, { processingState }),
      )
    await setState('PROCESSING')
    await project.write({ [A]: ORDER })
    const brief = await project.run(['plan', '--build', '42', '--timeout', '1s'])
    assert.match(brief.stderr, /Build 42 still is being processed after 1 s/, 'a time to wait says to wait')
    const terminal = project.terminal(['plan', '--build', '42', '--wait', '--timeout', '1m'])

    await terminal.shows(/Build 42 is being processed \(\d+ s\)/)
    await setState('VALID')
    const { code, screen } = await terminal.ended

    assert.equal(code, 0, screen)
    assert.match(screen, /1 to create/)
  })

  test('gets a warning where a title is in a language that it does not have in TestFlight', async (context) => {
    const project = await makeProject(context, server)
    await server.storage.write((transaction) =>
      plant(
        transaction,
        server.team.number,
        resources.betaBuildLocalizations,
        { locale: 'en-US' },
        { build: project.build.build },
      ),
    )
    await project.write({ [A]: { 'en-US': 'Order', 'fr-FR': 'Commander' } })

    const { code, stderr } = await project.run(['plan'])

    assert.equal(code, 0)
    assert.match(
      stderr,
      /^clipflight: warning: .* has titles in fr-FR, and build 1\.4 \(42\) has no text in TestFlight/,
    )
  })

  test('gets one warning where titles are missing in some invocations and not in others', async (context) => {
    const project = await makeProject(context, server)
    await project.write({ [A]: { 'en-US': 'Order', ja: '注文' }, [B]: { 'en-US': 'Pay', 'de-DE': 'Zahlen' } })

    const plan = await project.run(['plan'])
    const apply = await project.run(['apply', '--auto-approve'])

    assert.equal(plan.code, 0)
    assert.equal(
      plan.stderr,
      `clipflight: warning: ${project.bundleId} has no title for ${A} in de-DE, nor for ${B} in ja, where another of its invocations has one\n`,
    )
    assert.equal(apply.code, 0)
    assert.equal(apply.stderr, plan.stderr)
  })

  test('gets a warning when it has expired', async (context) => {
    const project = await makeProject(context, server)
    await server.send('PATCH', `/v1/builds/${project.build.build}`, {
      body: { data: { type: 'builds', id: project.build.build, attributes: { expired: true } } },
    })
    await project.write({ [A]: ORDER })

    const { code, stdout, stderr } = await project.run(['plan'])

    assert.equal(code, 0)
    assert.match(stdout, /1 to create/)
    assert.equal(
      stderr,
      `clipflight: warning: The build 1.4 (42) of ${project.bundleId} has expired: testers cannot launch it\n`,
    )
  })
})

test('a plan warns where an invocation has more titles than the service tells', async (context) => {
  const type = 'betaAppClipInvocationLocalizations'
  const document = {
    data: [
      {
        type: 'betaAppClipInvocations',
        id: 'i',
        attributes: { url: A },
        relationships: { [type]: { data: [{ type, id: 't' }], meta: { paging: { total: 60, limit: 50 } } } },
      },
    ],
    included: [{ type, id: 't', attributes: { locale: 'en-US', title: 'Order' } }],
    links: { self: '' },
  }
  const http = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  context.after(() => http.close())
  const { port } = http.address() as AddressInfo
  const project = await makeProject(context, server, { url: `http://127.0.0.1:${port}` })
  await project.write({ [A]: ORDER })

  const { code, stderr } = await project.run(['plan', '--bundle', project.build.clipBundle])

  assert.equal(code, 0, stderr)
  assert.match(stderr, /^clipflight: warning: https:\/\/example\.com\/a has 60 titles, and 1 of them can be read/)
})

describe('variables', () => {
  test('are those of the build and of CI, and the environment’s', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText(`app: ${project.bundleId}
invocations:
  - url: https://\${env.SHOP}/\${BUILD}/\${VERSION}/\${GIT_SHA}?branch=\${BRANCH}
    title: { en-US: Order }
`)
    const sha = 'a'.repeat(40)
    const systems = [
      { GITHUB_SHA: sha, GITHUB_HEAD_REF: 'fix/x', GITHUB_REF_NAME: '12/merge', GITHUB_REF_TYPE: 'branch' },
      { GITHUB_SHA: sha, GITHUB_REF_NAME: 'fix/x', GITHUB_REF_TYPE: 'branch' },
      { CI_COMMIT_SHA: sha, CI_COMMIT_BRANCH: 'fix/x' },
      { CI_COMMIT_SHA: sha, CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'fix/x' },
      { CI_COMMIT: sha, CI_BRANCH: 'fix/x' },
      { BITRISE_GIT_COMMIT: sha, BITRISE_GIT_BRANCH: 'fix/x' },
      { BUILDKITE_COMMIT: sha, BUILDKITE_BRANCH: 'fix/x' },
    ]

    for (const system of systems) {
      const environment: Record<string, string> = { ...system, SHOP: 'shop.example.com' }
      const { stdout, stderr } = await project.run(['plan', '--output', 'json'], environment)
      assert.equal(
        JSON.parse(stdout || '{}').changes?.[0].after.url,
        `https://shop.example.com/42/1.4/${sha}?branch=fix%2Fx`,
        stderr,
      )
    }
  })

  test('without a value are an error at their line that says where values are from', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText(`app: ${project.bundleId}
invocations:
  - url: https://example.com/\${BRANCH}
    title: { en-US: Order }
`)

    // What is built of a tag is on no branch.
    for (const system of [
      {},
      { GITHUB_REF_NAME: 'v1.4', GITHUB_REF_TYPE: 'tag' },
      { CI_COMMIT_REF_NAME: 'v1.4', CI_COMMIT_TAG: 'v1.4' },
    ]) {
      const { code, stdout, stderr } = await project.run(['plan'], system)

      assert.equal(code, EXIT_FAILED)
      assert.equal(stdout, '')
      assert.match(
        stderr,
        /^clipflight: clipflight\.yaml has a problem:\n {2}clipflight\.yaml:3:10: \$\{BRANCH\} has no value\n {2}GIT_SHA and BRANCH come from CI's variables or from git\.\n$/,
      )
    }
  })
})

describe('several apps in a file', () => {
  test('are planned together, and --app chooses one', async (context) => {
    const one = await makeProject(context, server)
    const other = await makeProject(context, server)
    await one.write({ [A]: ORDER }, { [other.bundleId]: { [B]: ORDER } })

    const both = JSON.parse((await one.run(['plan', '--output', 'json'])).stdout)
    const chosen = JSON.parse((await one.run(['plan', '--output', 'json', '--app', other.bundleId])).stdout)
    const none = await one.run(['plan', '--app', 'com.example.none'])

    assert.deepEqual(
      both.changes.map(({ app }: { app: string }) => app),
      [one.bundleId, other.bundleId],
    )
    assert.deepEqual(
      chosen.changes.map(({ app }: { app: string }) => app),
      [other.bundleId],
    )
    assert.equal(none.code, EXIT_USAGE)
    assert.match(none.stderr, /has no app 'com\.example\.none'\n {2}It has /)
  })

  test('are not changed at all when one of them cannot be planned', async (context) => {
    const one = await makeProject(context, server)
    await one.write({ [A]: ORDER }, { 'com.example.nowhere': { [B]: ORDER } })

    const { code } = await one.run(['apply', '--auto-approve'])

    assert.equal(code, EXIT_NOT_FOUND)
    assert.deepEqual(await one.has(), {})
  })
})

describe('in GitHub Actions', () => {
  test('a plan is in the summary of the run, and an output says whether it changes anything', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText('', 'summary.md')
    await project.writeText('before=1\n', 'output')
    const environment = {
      GITHUB_ACTIONS: 'true',
      CI: 'true',
      GITHUB_STEP_SUMMARY: 'summary.md',
      GITHUB_OUTPUT: 'output',
    }
    await project.write({ [A]: ORDER })

    const planned = await project.run(['plan'], environment)
    const applied = await project.run(['apply', '--auto-approve'], environment)
    const again = await project.run(['plan'], environment)

    for (const { code, stderr } of [planned, applied, again]) assert.equal(code, 0, stderr)
    assert.equal(await project.readText('output'), 'before=1\nhas_changes=true\nhas_changes=true\nhas_changes=false\n')
    assert.match(await project.readText('summary.md'), /1 to create[^]*Applied: 1 created[^]*No changes/)
  })

  test('what is wrong with the file is an annotation at its line', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText(`app: ${project.bundleId}\ninvocations: [{ url: 'http://a.example', title: { en: x } }]\n`)

    for (const args of [['plan'], ['validate'], ['validate', '--output', 'json']]) {
      const { code, stderr } = await project.run(args, { GITHUB_ACTIONS: 'true' })
      assert.equal(code, EXIT_FAILED)
      assert.match(stderr, /^::error file=clipflight\.yaml,line=2,col=22,title=Clipflight::/m)
      assert.match(stderr, /^::error file=clipflight\.yaml,line=2,col=51,title=Clipflight::'en' is not a locale/m)
    }
  })
})

test('a plan without a key fails after the file was checked', async (context) => {
  const project = await makeProject(context, server)
  await project.write({ [A]: ORDER })
  const sound = await project.user.run(['plan'])
  await project.writeText('app: 1\n')
  const broken = await project.user.run(['plan'])

  assert.equal(sound.code, EXIT_NOT_AUTHORISED)
  assert.equal(broken.code, EXIT_FAILED)
  assert.match(broken.stderr, /clipflight\.yaml:1:6: 'app' must be text/)
})
