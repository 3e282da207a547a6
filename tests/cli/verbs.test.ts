import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test, type TestContext } from 'node:test'
import { resources } from '@clipflight/contract'
import type { Ended } from '../serve/run-clipflight.ts'
import { startChangingGateway, withoutInvocations } from '../support/changing-gateway.ts'
import { invocationBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, plant } from '../support/teams.ts'
import { makeUser, variablesFor } from './command-line.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND, EXIT_CONFLICT] = [1, 2, 4, 5]

let server: TestServer
let counter = 0

before(async () => {
  server = await startServer('sqlite', { roles: ['ADMIN', 'DEVELOPER'] })
})

after(() => server.close())

/** A name that no other test uses. */
function fresh(what: string): string {
  return `com.example.${what}${++counter}`
}

async function run(context: TestContext, ...args: readonly string[]): Promise<Ended> {
  const user = await makeUser(context)
  return user.run(args, { environment: variablesFor(server.url, server.key) })
}

/** What the command prints as JSON, which it does where nobody looks. */
async function json(context: TestContext, ...args: readonly string[]) {
  const { code, stdout, stderr } = await run(context, ...args)
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

function build(given: Parameters<typeof makeBuild>[2] = {}) {
  return makeBuild(server.storage, server.team.number, given)
}

async function invocation(bundle: string, url: string, titles?: Readonly<Record<string, string>>): Promise<string> {
  const { body } = await server.send('POST', '/v1/betaAppClipInvocations', {
    body: invocationBody(bundle, url, titles),
  })
  return body.data.id
}

async function titlesOf(id: string): Promise<Record<string, string>> {
  const path = `/v1/betaAppClipInvocations/${id}?include=betaAppClipInvocationLocalizations`
  const { body } = await server.send('GET', path)
  return Object.fromEntries(
    body.included.map(({ attributes }: { attributes: { locale: string; title: string } }) => [
      attributes.locale,
      attributes.title,
    ]),
  )
}

describe('an app', () => {
  test('is found by bundle id, id and name', async (context) => {
    const bundleId = fresh('named')
    const { app } = await build({ bundleId })
    const { body } = await server.send('GET', `/v1/apps/${app}`)

    const byBundleId = await json(context, 'apps', 'get', bundleId)
    const byId = await json(context, 'apps', 'get', app)

    assert.equal(byBundleId.id, app)
    assert.equal(byId.bundleId, bundleId)
    assert.equal(byId.name, body.data.attributes.name)
  })

  test('is not mistaken for one whose bundle id begins alike', async (context) => {
    const bundleId = fresh('prefix')
    await build({ bundleId: `${bundleId}.pro` })

    const { code, stdout, stderr } = await run(context, 'apps', 'get', bundleId)

    assert.equal(code, EXIT_NOT_FOUND)
    assert.equal(stdout, '')
    assert.match(stderr, new RegExp(`There is:\\n.*${bundleId}\\.pro`))
  })

  test('is found among however many whose bundle ids begin alike', async (context) => {
    const bundleId = fresh('crowd')
    const last = await server.storage.write(async (transaction) => {
      const ids: string[] = []
      // A page holds 200 at most.
      for (let number = 0; number <= 200; number += 1) {
        const similar = { name: 'Alike', bundleId: `${bundleId}.n${number}` }
        ids.push(await plant(transaction, server.team.number, resources.apps, similar))
      }
      const [highest = ''] = ids.toSorted().toReversed()
      await transaction.update(resources.apps, server.team.number, highest, { bundleId })
      return highest
    })

    const found = await json(context, 'apps', 'get', bundleId)

    assert.equal(found.id, last)
  })

  test('whose name several have is an error that lists them', async (context) => {
    const [one, other] = [fresh('twin'), fresh('twin')]
    const name = `Twin ${randomUUID()}`
    await server.storage.write(async (transaction) => {
      for (const bundleId of [one, other])
        await plant(transaction, server.team.number, resources.apps, { name, bundleId })
    })

    const { code, stderr } = await run(context, 'apps', 'get', name)

    assert.equal(code, EXIT_USAGE)
    assert.ok(stderr.includes(one) && stderr.includes(other), stderr)
  })

  test('may be named by a variable', async (context) => {
    const bundleId = fresh('variable')
    const { build: id } = await build({ bundleId })
    const user = await makeUser(context)

    const { stdout } = await user.run(['builds', 'get'], {
      environment: { ...variablesFor(server.url, server.key), CLIPFLIGHT_APP: bundleId },
    })

    assert.equal(JSON.parse(stdout).id, id)
  })

  test('has to be named', async (context) => {
    const { code, stderr } = await run(context, 'builds', 'list')

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /The app is not named\n {2}Name it with --app or CLIPFLIGHT_APP/)
  })
})

describe('a build', () => {
  test('is found by number, by id and as the latest', async (context) => {
    const bundleId = fresh('builds')
    const first = await build({ bundleId, number: '7' })
    const second = await build({ app: first.app, version: first.version, number: '8' })
    await server.storage.write((transaction) =>
      transaction.update(resources.builds, server.team.number, first.build, { uploadedDate: Date.now() - 86_400_000 }),
    )

    assert.equal((await json(context, 'builds', 'get', '7', '--app', bundleId)).id, first.build)
    assert.equal((await json(context, 'builds', 'get', '--build', second.build)).version, '8')
    assert.equal((await json(context, 'builds', 'get', 'latest', '--app', bundleId)).id, second.build)
    assert.deepEqual(
      (await json(context, 'builds', 'list', '--app', bundleId)).map(({ version }: { version: string }) => version),
      ['8', '7'],
    )
  })

  test('whose number stands in two versions is an error that lists them, until the version is said', async (context) => {
    const bundleId = fresh('trains')
    const first = await build({ bundleId, number: '5' })
    const version = await server.storage.write((transaction) =>
      plant(transaction, server.team.number, resources.preReleaseVersions, { version: '2.0' }, { app: first.app }),
    )
    const second = await build({ app: first.app, version, number: '5' })

    const { code, stderr } = await run(context, 'builds', 'get', '5', '--app', bundleId)
    const chosen = await json(context, 'builds', 'get', '5', '--app', bundleId, '--version', '2.0')

    assert.equal(code, EXIT_USAGE)
    assert.ok(stderr.includes(first.build) && stderr.includes(second.build), stderr)
    assert.equal(chosen.id, second.build)
  })

  test('that is not there is an error', async (context) => {
    const bundleId = fresh('absent')
    await build({ bundleId })

    const byNumber = await run(context, 'builds', 'get', '99', '--app', bundleId)
    const byId = await run(context, 'builds', 'get', randomUUID())

    assert.equal(byNumber.code, EXIT_NOT_FOUND)
    assert.match(byNumber.stderr, new RegExp(`${bundleId} has no build 99\n {2}See those there are`))
    assert.equal(byId.code, EXIT_NOT_FOUND)
    assert.equal(byNumber.stdout + byId.stdout, '')
  })

  test('is waited for until it is processed', async (context) => {
    const bundleId = fresh('wait')
    const { build: id } = await build({ bundleId, number: '3' })
    const setState = (processingState: string) =>
      server.storage.write((transaction) =>
        transaction.update(resources.builds, server.team.number, id, { processingState }),
      )
    await setState('PROCESSING')
    const user = await makeUser(context)
    const terminal = user.terminal(['builds', 'wait', '3', '--app', bundleId, '--timeout', '1m'], {
      environment: variablesFor(server.url, server.key),
    })

    await terminal.shows(/Build 3 is being processed \(\d+ s\)/)
    await setState('VALID')
    const { code, screen } = await terminal.ended

    assert.equal(code, 0, screen)
    assert.match(screen, /State.* +VALID/)
  })

  test('is found by either spelling of its version', async (context) => {
    const [short, long] = [fresh('short'), fresh('long')]
    await build({ bundleId: short, number: '3' })
    const { team, storage } = server
    const uploaded = await storage.write(async (transaction) => {
      const app = await plant(transaction, team.number, resources.apps, { name: 'Long', bundleId: long })
      const version = { version: '1.4.0' }
      return { app, version: await plant(transaction, team.number, resources.preReleaseVersions, version, { app }) }
    })
    await build({ ...uploaded, number: '3' })

    for (const [bundleId, version] of [
      [short, '1.4.0'],
      [long, '1.4'],
    ] as const) {
      const words = ['3', '--app', bundleId, '--version', version]
      const waited = await json(context, 'builds', 'wait', ...words, '--timeout', '1s')
      const listed = await json(context, 'invocations', 'list', '--build', ...words)
      assert.equal(waited.version, '3')
      assert.deepEqual(listed, [])
    }
  })

  test('that turns out invalid, or does not appear in time, fails the wait', async (context) => {
    const bundleId = fresh('invalid')
    const { build: id } = await build({ bundleId, number: '3' })
    await server.storage.write((transaction) =>
      transaction.update(resources.builds, server.team.number, id, { processingState: 'INVALID' }),
    )

    const invalid = await run(context, 'builds', 'wait', '3', '--app', bundleId)
    const late = await run(context, 'builds', 'wait', '4', '--app', bundleId, '--timeout', '2s')

    assert.equal(invalid.code, EXIT_FAILED)
    assert.match(invalid.stderr, /Build 3 was processed and is INVALID/)
    assert.equal(late.code, EXIT_FAILED)
    assert.match(late.stderr, /Build 4 still has not appeared after 2 s\n/)
  })
})

describe('the App Clip of a build', () => {
  test('is found among its bundles', async (context) => {
    const bundleId = fresh('bundles')
    const { appBundle, clipBundle } = await build({ bundleId })

    const found = await json(context, 'bundles', 'list', '--app', bundleId)

    assert.deepEqual(new Set(found.map(({ id }: { id: string }) => id)), new Set([appBundle, clipBundle]))
  })

  test('that is not there is an error', async (context) => {
    const bundleId = fresh('noclip')
    const { app, version } = await build({ bundleId, number: '1' })
    await server.storage.write((transaction) =>
      plant(transaction, server.team.number, resources.builds, { version: '2' }, { app, preReleaseVersion: version }),
    )

    const { code, stdout, stderr } = await run(context, 'invocations', 'list', '--app', bundleId, '--build', '2')

    assert.equal(code, EXIT_NOT_FOUND)
    assert.equal(stdout, '')
    assert.match(stderr, /Build 2 has no App Clip/)
  })

  test('has no invocations where their list is answered with 404, unless it was only named by an id', async (context) => {
    const bundleId = fresh('nothing')
    const { clipBundle } = await build({ bundleId })
    const url = await startChangingGateway(context, server.url, withoutInvocations)
    const user = await makeUser(context)
    const invocations = (...words: readonly string[]): Promise<Ended> =>
      user.run(['invocations', ...words], { environment: variablesFor(url, server.key) })

    const list = await invocations('list', '--app', bundleId, '-o', 'table')
    const get = await invocations('get', 'https://example.com/a', '--app', bundleId)
    const byId = await invocations('list', '--bundle', clipBundle)

    assert.deepEqual(list, { code: 0, stdout: '', stderr: 'The build has no invocations.\n' })
    assert.equal(get.code, EXIT_NOT_FOUND)
    assert.match(get.stderr, /has no invocation 'https:\/\/example\.com\/a'\n  It has none/)
    assert.equal(byId.code, EXIT_NOT_FOUND)
  })

  test('has to be chosen where there are several', async (context) => {
    const bundleId = fresh('twoclips')
    const { build: id } = await build({ bundleId })
    const clip = `${bundleId}.Other`
    const other = await server.storage.write((transaction) =>
      plant(
        transaction,
        server.team.number,
        resources.buildBundles,
        { bundleType: 'APP_CLIP', bundleId: clip },
        { build: id },
      ),
    )
    await invocation(other, 'https://example.com/other')

    const unsaid = await run(context, 'invocations', 'list', '--app', bundleId)
    const said = await json(context, 'invocations', 'list', '--app', bundleId, '--bundle', clip)

    assert.equal(unsaid.code, EXIT_USAGE)
    assert.match(unsaid.stderr, new RegExp(`several App Clips:\n.*${clip}`, 's'))
    assert.equal(said[0].url, 'https://example.com/other')
  })
})

describe('invocations', () => {
  test('are created with titles, read, changed and deleted by their URLs', async (context) => {
    const bundleId = fresh('crud')
    await build({ bundleId })
    const where = ['--app', bundleId]

    const titles = ['--title', 'en-US=Order = now', '--title', 'ja=注文']
    const created = await json(context, 'invocations', 'create', 'https://example.com/a', ...titles, ...where)
    const read = await json(context, 'invocations', 'get', 'https://example.com/a', ...where)
    const changed = await json(
      context,
      'invocations',
      'update',
      'https://example.com/a',
      '--url',
      'https://example.com/b',
      ...where,
    )
    const deleted = await json(context, 'invocations', 'delete', 'https://example.com/b', '--yes', ...where)
    const left = await json(context, 'invocations', 'list', ...where)

    assert.equal(read.id, created.id)
    assert.deepEqual(
      Object.fromEntries(read.localizations.map(({ locale, title }: Record<string, string>) => [locale, title])),
      { 'en-US': 'Order = now', ja: '注文' },
    )
    assert.equal(changed.id, created.id)
    assert.equal(changed.url, 'https://example.com/b')
    assert.equal(deleted.deleted.id, created.id)
    assert.deepEqual(left, [])
  })

  test('that are not there are an error that lists those there are', async (context) => {
    const bundleId = fresh('urls')
    const { clipBundle } = await build({ bundleId })
    await invocation(clipBundle, 'https://example.com/there')

    const { code, stdout, stderr } = await run(context, 'invocations', 'get', 'https://example.com', '--app', bundleId)

    assert.equal(code, EXIT_NOT_FOUND)
    assert.equal(stdout, '')
    assert.match(stderr, /no invocation 'https:\/\/example\.com'\n {2}It has:\n +https:\/\/example\.com\/there\n/)
  })

  test('beyond three are a conflict, and change nothing', async (context) => {
    const bundleId = fresh('full')
    const { clipBundle } = await build({ bundleId })
    for (const name of ['a', 'b', 'c']) await invocation(clipBundle, `https://example.com/${name}`)

    const args = ['invocations', 'create', 'https://example.com/d', '--title', 'en-US=x', '--app', bundleId]
    const { code, stderr } = await run(context, ...args)
    const asJson = await run(context, ...args, '--output', 'json')

    assert.equal(code, EXIT_CONFLICT)
    assert.match(stderr, /^clipflight: Only 3 .*\n {2}See what is there already/)
    const { error } = JSON.parse(asJson.stderr)
    assert.equal(error.status, 409)
    assert.equal(error.problems[0].pointer, '/data/relationships/buildBundle')
  })

  test('are not deleted without a yes', async (context) => {
    const bundleId = fresh('asked')
    const { clipBundle } = await build({ bundleId })
    const id = await invocation(clipBundle, 'https://example.com/kept')
    const user = await makeUser(context)
    const environment = variablesFor(server.url, server.key)
    const args = ['invocations', 'delete', 'https://example.com/kept', '--app', bundleId]

    const unasked = await user.run(args, { environment })
    const inCi = user.terminal(args, { environment: { ...environment, CI: 'true' } })
    const refusing = user.terminal(args, { environment })
    await refusing.shows(/Take https:\/\/example\.com\/kept away from testers\? \[y\/N\]: /)
    refusing.type('\r')
    const leaving = user.terminal(args, { environment })
    await leaving.shows(/\[y\/N\]: /)
    leaving.type('\u0003')

    assert.equal(unasked.code, EXIT_USAGE)
    assert.match(unasked.stderr, /Say yes with --yes/)
    assert.equal((await inCi.ended).code, EXIT_USAGE)
    for (const { ended } of [refusing, leaving]) assert.equal((await ended).code, EXIT_FAILED)
    assert.equal((await server.send('GET', `/v1/betaAppClipInvocations/${id}`)).status, 200)
  })

  test('are deleted after a yes on a terminal', async (context) => {
    const { clipBundle } = await build()
    const id = await invocation(clipBundle, 'https://example.com/gone')
    const user = await makeUser(context)

    const terminal = user.terminal(['invocations', 'delete', id], { environment: variablesFor(server.url, server.key) })
    await terminal.shows(/\[y\/N\]: /)
    terminal.type('y\r')
    const { code, screen } = await terminal.ended

    assert.equal(code, 0, screen)
    assert.match(screen, /Deleted https:\/\/example\.com\/gone/)
    assert.equal((await server.send('GET', `/v1/betaAppClipInvocations/${id}`)).status, 404)
  })
})

describe('what the service should have once and has several times', () => {
  test('is an error that lists the invocations with that URL, and nothing is changed', async (context) => {
    const bundleId = fresh('twice')
    const { clipBundle } = await build({ bundleId })
    const [one, other] = ['https://example.com/one', 'https://example.com/two']
    const ids = [await invocation(clipBundle, one), await invocation(clipBundle, other)]
    const url = await startChangingGateway(context, server.url, ({ body }) => ({ body: body.replaceAll(other, one) }))
    const user = await makeUser(context)

    for (const verb of [
      ['delete', one, '--yes'],
      ['update', one, '--url', 'https://example.com/three'],
    ]) {
      const { code, stderr } = await user.run(['invocations', ...verb, '--app', bundleId], {
        environment: variablesFor(url, server.key),
      })

      assert.equal(code, EXIT_USAGE)
      assert.match(stderr, /The build has several invocations 'https:\/\/example\.com\/one':\n/)
      for (const id of ids) assert.ok(stderr.includes(id), stderr)
    }
    const left = await json(context, 'invocations', 'list', '--app', bundleId)
    assert.deepEqual(left.map(({ id }: { id: string }) => id).toSorted(), ids.toSorted())
  })

  test('is an error that lists the titles in that locale, of which its id names one', async (context) => {
    const { clipBundle } = await build()
    const id = await invocation(clipBundle, 'https://example.com/w', { 'en-US': 'Order', 'en-GB': 'Book' })
    const url = await startChangingGateway(context, server.url, ({ method, body }) => ({
      body: method === 'GET' ? body.replaceAll('en-GB', 'en-US') : body,
    }))
    const user = await makeUser(context)
    const remove = (name: string): Promise<Ended> =>
      user.run(['localizations', 'delete', name, '--invocation', id, '--yes'], {
        environment: variablesFor(url, server.key),
      })

    const { code, stderr } = await remove('en-US')
    const [, named = ''] = /([\da-f-]{36}) {2}Book/.exec(stderr) ?? []
    const removed = await remove(named)

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /https:\/\/example\.com\/w has several titles in 'en-US':\n.*Order/)
    assert.equal(removed.code, 0, removed.stderr)
    assert.deepEqual(await titlesOf(id), { 'en-US': 'Order' })
  })
})

describe('localizations', () => {
  test('are created, changed and deleted by their locales and the URL of their invocation', async (context) => {
    const bundleId = fresh('titles')
    const { clipBundle } = await build({ bundleId })
    const id = await invocation(clipBundle, 'https://example.com/t', { 'en-US': 'Order', ja: '注文' })
    const where = ['--invocation', 'https://example.com/t', '--app', bundleId]

    await json(context, 'localizations', 'create', 'de-DE', '--title', 'Bestellen', ...where)
    await json(context, 'localizations', 'update', 'en-US', '--title', 'Order ahead', ...where)
    await json(context, 'localizations', 'delete', 'ja', '--yes', ...where)

    assert.deepEqual(await titlesOf(id), { 'de-DE': 'Bestellen', 'en-US': 'Order ahead' })
  })

  test('are named by their ids too, without an invocation', async (context) => {
    const { clipBundle } = await build()
    const id = await invocation(clipBundle, 'https://example.com/u', { 'en-US': 'Order' })
    const { body } = await server.send(
      'GET',
      `/v1/betaAppClipInvocations/${id}?include=betaAppClipInvocationLocalizations`,
    )

    await json(context, 'localizations', 'update', body.included[0].id, '--title', 'Eat')

    assert.deepEqual(await titlesOf(id), { 'en-US': 'Eat' })
  })

  test('that are not there are an error that says which are', async (context) => {
    const { clipBundle } = await build()
    const id = await invocation(clipBundle, 'https://example.com/v')

    const { code, stderr } = await run(context, 'localizations', 'update', 'fr-FR', '--title', 'x', '--invocation', id)

    assert.equal(code, EXIT_NOT_FOUND)
    assert.match(stderr, /has no title in 'fr-FR'\n {2}It has titles in en-US\./)
  })
})

test('a key whose role is not enough is told so, and changes nothing', async (context) => {
  const { clipBundle } = await build()
  const id = await invocation(clipBundle, 'https://example.com/role')
  const user = await makeUser(context)

  const { code, stderr } = await user.run(['invocations', 'delete', id, '--yes'], {
    environment: variablesFor(server.url, server.as('DEVELOPER')),
  })

  assert.equal(code, 3)
  assert.match(stderr, /may not do this: .*\n {2}Use a key with another role/)
  assert.equal((await server.send('GET', `/v1/betaAppClipInvocations/${id}`)).status, 200)
})
