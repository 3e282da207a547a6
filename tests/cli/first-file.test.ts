import assert from 'node:assert/strict'
import { readFile, realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { startServer, type TestServer } from '../support/server.ts'
import { ORDERS } from './command-line.ts'
import { makeProject } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND] = [1, 2, 4]

const A = 'https://example.com/a'

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

describe('init', () => {
  test('writes from nothing a file that is sound, and that the schema takes', async (context) => {
    const { user, readText } = await makeProject(context, server)

    const { code, stderr } = await user.run(['init'])
    const checked = await user.run(['validate'])

    assert.equal(code, 0, stderr)
    assert.match(stderr, /^Wrote clipflight\.yaml, an example/)
    assert.equal(checked.stdout, 'clipflight.yaml is sound: 1 app, 2 invocations\n')
    const schema = JSON.parse((await user.run(['schema'])).stdout)
    assert.equal(new Ajv2020().validate(schema, parse(await readText())), true)
  })

  test('writes what a build has, so that a plan finds nothing to change', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': 'Pay ${BUILD}', ja: '支払い' })

    const { code, stderr } = await project.run(['init', '--app', project.bundleId, '--build', '42'])
    const planned = await project.run(['plan'])

    assert.equal(code, 0, stderr)
    assert.match(stderr, /^Wrote clipflight\.yaml from build 1\.4 \(42\)/)
    assert.match(planned.stdout, /No changes\.\n$/, planned.stderr)
  })

  test('names a command that reaches the same service', async (context) => {
    const project = await makeProject(context, server)
    await project.user.saveKey(server.key, join(project.user.folder, 'a service'))
    const { id: keyId, issuerId } = server.key
    await project.writeText(JSON.stringify({ url: server.url, keyId, issuerId }), 'a service/credentials.json')
    const connection = ['--data-dir', 'a service']

    const { stderr } = await project.user.run(['init', '--app', project.bundleId, ...connection])
    const planned = await project.user.run(['plan', '--out', 'plan.json', ...connection])

    assert.match(stderr, /`clipflight plan --data-dir 'a service'`/)
    assert.match(planned.stderr, /^Saved\. Apply it: clipflight apply plan\.json --data-dir 'a service'\n$/)
  })

  test('leaves out an invocation that lost its last title, which no file can hold, as export does', async (context) => {
    const project = await makeProject(context, server)
    const untitled = await project.give(A, { 'en-US': 'Order' })
    await project.give('https://example.com/b', { 'en-US': 'Pay' })
    const path = `/v1/betaAppClipInvocations/${untitled}?include=betaAppClipInvocationLocalizations`
    const [title] = (await server.send('GET', path)).body.included
    await server.send('DELETE', `/v1/betaAppClipInvocationLocalizations/${title.id}`)
    const words = ['--app', project.bundleId]

    const { code, stderr } = await project.run(['init', ...words])
    const exported = await project.run(['export', ...words])
    const checked = await project.run(['validate'])

    assert.equal(code, 0, stderr)
    for (const said of [stderr, exported.stderr])
      assert.match(said, /^clipflight: warning: Left out: https:\/\/example\.com\/a, which has no title/)
    assert.deepEqual(parse(exported.stdout), parse(await project.readText()))
    assert.equal(checked.stdout, 'clipflight.yaml is sound: 1 app, 1 invocation\n', checked.stderr)
  })

  test('writes an example for an app whose build has no invocations', async (context) => {
    const project = await makeProject(context, server)

    const { stderr } = await project.run(['init'], { CLIPFLIGHT_APP: project.bundleId })

    assert.match(stderr, /build 1\.4 \(42\) has no invocations/)
    assert.equal(parse(await project.readText()).app, project.bundleId)
  })

  test('asks for the app where options say which of its builds, rather than leave them out', async (context) => {
    const project = await makeProject(context, server)

    for (const option of [
      ['--version', '1.4'],
      ['--platform', 'IOS'],
      ['--bundle', project.build.clipBundle],
    ]) {
      const { code, stderr } = await project.run(['init', ...option])
      assert.equal(code, EXIT_USAGE, option.join(' '))
      assert.match(stderr, /The app is not named/)
    }
    await assert.rejects(project.readText(), { code: 'ENOENT' })
  })

  test('finds a file that is there before it asks a service, as export does', async (context) => {
    const { user, writeText } = await makeProject(context, server)
    await writeText('mine\n')

    for (const words of [['init'], ['export', '--file', 'clipflight.yaml']]) {
      const { code, stderr } = await user.run([...words, '--app', 'com.example.coffee'])
      assert.equal(code, EXIT_FAILED)
      assert.match(stderr, /clipflight\.yaml is there already/)
    }
  })

  test('overwrites a file only when told to', async (context) => {
    const project = await makeProject(context, server)
    await project.writeText('mine\n')

    const refused = await project.user.run(['init'])
    const kept = await project.readText()
    const forced = await project.user.run(['init', '--force'])

    assert.equal(refused.code, EXIT_FAILED)
    assert.match(refused.stderr, /clipflight\.yaml is there already\n {2}Overwrite it with --force/)
    assert.equal(kept, 'mine\n')
    assert.equal(forced.code, 0, forced.stderr)
  })
})

describe('validate', () => {
  test('says everything that is wrong, with line and column, without a network', async (context) => {
    const { user, writeText } = await makeProject(context, server)
    await writeText(`app: com.example.coffee
invocations:
  - url: https://coffee.example.com/\${BUILDS}
    titel: { en-US: Order }
    title: { en: Order }
`)

    const text = await user.run(['validate'])
    const json = await user.run(['validate', '--output', 'json'])
    const yaml = await user.run(['validate'], { environment: { CLIPFLIGHT_OUTPUT: 'yaml' } })

    assert.equal(text.code, EXIT_FAILED)
    assert.equal(text.stdout, '')
    assert.match(
      text.stderr,
      /^clipflight: clipflight\.yaml has 3 problems:\n {2}clipflight\.yaml:3:37: .*\n.*:4:5: .*\n.*:5:14: /,
    )
    assert.equal(json.code, EXIT_FAILED)
    assert.equal(json.stderr, '')
    const { valid, problems } = JSON.parse(json.stdout)
    assert.equal(valid, false)
    assert.equal(yaml.code, EXIT_FAILED)
    assert.deepEqual(parse(yaml.stdout), JSON.parse(json.stdout))
    assert.deepEqual(
      problems.map(({ line }: { line: number }) => line),
      [3, 4, 5],
    )
  })

  test('says which titles only some invocations have, and ends as without that', async (context) => {
    const { user, writeText } = await makeProject(context, server)
    await writeText(`app: com.example.coffee
invocations:
  - url: https://coffee.example.com/order?build=\${BUILD}
    title: { en-US: Order }
  - url: https://coffee.example.com/loyalty
    title: { en-US: Stamp, de-DE: Stempel, ja: スタンプ }
`)

    const text = await user.run(['validate'])
    const json = await user.run(['validate', '--output', 'json'])

    assert.equal(text.code, 0)
    assert.equal(
      text.stderr,
      'clipflight: warning: com.example.coffee has no title for https://coffee.example.com/order?build=${BUILD} in de-DE, ja, where another of its invocations has one\n',
    )
    assert.equal(json.code, 0)
    assert.equal(JSON.parse(json.stdout).valid, true)
    assert.equal(json.stderr, text.stderr)
  })

  test('of a file that is not there leads to init', async (context) => {
    const { user } = await makeProject(context, server)

    const { code, stderr } = await user.run(['validate', '--output', 'json'])

    assert.equal(code, EXIT_FAILED)
    const { message, advice } = JSON.parse(stderr).error
    assert.equal(message, `There is no clipflight.yaml in ${await realpath(user.folder)}`)
    assert.match(advice[0], /clipflight init/)
  })
})

describe('export', () => {
  test('prints the file of a build, and asks for the app where none is named', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': 'Order' })

    const { stdout, stderr } = await project.run(['export', '--app', project.bundleId])
    const byId = await project.run(['export', '--build', project.build.build])
    const unnamed = await project.run(['export'])
    const missing = await project.run(['export', '--app', project.bundleId, '--build', '9'])

    assert.deepEqual(
      parse(stdout),
      { app: project.bundleId, invocations: [{ url: A, title: { 'en-US': 'Order' } }] },
      stderr,
    )
    assert.equal(byId.stdout, stdout)
    assert.equal(unnamed.code, EXIT_USAGE)
    assert.equal(missing.code, EXIT_NOT_FOUND)
  })

  test('prints a file that gives no orders to a terminal or a runner, and holds the same', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': '\u009b2J\u202e##[set-output name=x]y' })
    const words = ['export', '--app', project.bundleId]

    const { stdout, stderr } = await project.run(words)
    await project.run([...words, '--file', 'clipflight.yaml'])

    assert.match(stdout, /^# yaml-language-server: \$schema=.*\n\n"app": /, stderr)
    assert.doesNotMatch(stdout, ORDERS)
    assert.deepEqual(parse(stdout), parse(await project.readText()))
  })

  test('writes JSON too, which can be planned from', async (context) => {
    const project = await makeProject(context, server)
    await project.give(A, { 'en-US': 'Order' })
    const args = ['export', '--app', project.bundleId]

    const yaml = await project.run([...args, '--output', 'yaml'])
    const json = await project.run([...args, '--output', 'json'])
    await project.writeText(json.stdout)
    const plan = await project.run(['plan'])

    assert.deepEqual(JSON.parse(json.stdout), parse(yaml.stdout))
    assert.match(plan.stdout, /No changes\.\n$/, plan.stderr)
  })
})

test('the schema names no host, and lies where the comment of a file says that it does', async (context) => {
  const { user, readText } = await makeProject(context, server)
  await user.run(['init'])
  const [comment = ''] = (await readText()).split('\n', 1)
  const cli = resolve(import.meta.dirname, '../../packages/cli')

  const printed = (await user.run(['schema'])).stdout
  const path = /\$schema=\.\/node_modules\/clipflight\/(.*)$/.exec(comment)?.[1] ?? ''

  assert.equal(await readFile(resolve(cli, path), 'utf8'), printed)
  assert.equal(JSON.parse(printed).$id, undefined)
})
