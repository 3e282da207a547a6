import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { PROBES } from '../../packages/cli/src/probes/all-probes.ts'
import { databases } from '../databases.ts'
import { startChangingGateway } from '../support/changing-gateway.ts'
import { startGateway, type Judgement, type Passing } from '../support/gateway.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { COMMAND, variablesFor } from './command-line.ts'
import { makeProject, type Project } from './project.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_FOUND, EXIT_CONFLICT] = [1, 2, 4, 5]
const EXIT_CHANGES = 2
const EXIT_INTERRUPTED = 130

const THEIRS = 'https://coffee.example.com/order'
const TITLES = { 'en-US': 'Order', ja: '注文' }

interface Found {
  readonly id: string
  readonly outcome: string
  readonly reason?: string
  readonly answered?: Readonly<Record<string, string>>
}

/** Everything about the invocations of both bundles, as the service writes it. */
async function bytesOf(server: TestServer, { build }: Project): Promise<string> {
  const paths = [build.clipBundle, build.appBundle].map(
    (id) =>
      `/v1/buildBundles/${id}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations&limit[betaAppClipInvocationLocalizations]=50`,
  )
  const replies = await Promise.all(paths.map((path) => server.send('GET', path)))
  return replies.map(({ text }) => text).join('\n')
}

function verify({ build }: Project, ...more: readonly string[]): readonly string[] {
  return ['verify-fidelity', '--bundle', build.clipBundle, '--other-bundle', build.appBundle, '--yes', ...more]
}

function foundIn(stdout: string): readonly Found[] {
  return JSON.parse(stdout).probes
}

function outcomesIn(stdout: string, outcome: string): readonly string[] {
  return foundIn(stdout)
    .filter((each) => each.outcome === outcome)
    .map(({ id }) => id)
}

for (const database of databases) {
  describe(`verify-fidelity against our own service on ${database}`, () => {
    let server: TestServer
    before(async () => {
      server = await startServer(database)
    })
    after(() => server.close())

    test('finds that every probe agrees, and leaves the bundle as it was to the byte', async (context) => {
      const project = await makeProject(context, server)
      await project.give(THEIRS, TITLES)
      const was = await bytesOf(server, project)

      const { code, stdout, stderr } = await project.run(verify(project, '-o', 'json', '--detailed-exitcode'))

      assert.equal(code, 0, stderr)
      assert.deepEqual(
        outcomesIn(stdout, 'agrees'),
        PROBES.map(({ id }) => id),
        stdout,
      )
      assert.equal(JSON.parse(stdout).restored, true)
      assert.equal(await bytesOf(server, project), was)
    })

    test('leaves out what a full bundle has no room for', async (context) => {
      const project = await makeProject(context, server)
      for (const path of ['1', '2', '3']) await project.give(`${THEIRS}/${path}`, TITLES)
      const was = await bytesOf(server, project)

      const { code, stdout } = await project.run(verify(project, '-o', 'json'))

      const notRun = outcomesIn(stdout, 'not run')
      assert.equal(code, 0)
      assert.deepEqual(outcomesIn(stdout, 'differs'), [])
      assert.ok(notRun.includes('creation') && notRun.includes('last-title'))
      assert.ok(!notRun.includes('fourth-invocation'))
      assert.equal(await bytesOf(server, project), was)
    })
  })
}

describe('verify-fidelity', () => {
  let server: TestServer
  before(async () => {
    server = await startServer('sqlite')
  })
  after(() => server.close())

  test('only reads without a bundle', async (context) => {
    const gateway = await startGateway(context, server.url)
    const project = await makeProject(context, server, { url: gateway.url })

    const { code, stdout, stderr } = await project.run(['verify-fidelity', '-o', 'json'])

    const asked = foundIn(stdout).filter(({ outcome }) => outcome === 'agrees')
    assert.equal(code, 0)
    assert.ok(asked.length > 5)
    assert.deepEqual(outcomesIn(stdout, 'differs'), [])
    assert.equal(gateway.requests.length, asked.length)
    assert.ok(gateway.requests.every((request) => request.startsWith('GET ')))
    assert.match(stderr, /--bundle names an App Clip for it\. Ids: clipflight bundles list --app APP -o json\n$/)
  })

  test('writes to nothing but the bundles that are named', async (context) => {
    const project = await makeProject(context, server)

    const { stdout } = await project.run([
      'verify-fidelity',
      '--bundle',
      project.build.clipBundle,
      '--yes',
      '-o',
      'json',
    ])

    assert.deepEqual(outcomesIn(stdout, 'not run'), ['not-an-app-clip'])
    assert.match(stdout, /no bundle was named with --other-bundle/)
  })

  test('shows where a service answers otherwise, and deletes what it took', async (context) => {
    const lenient = await startChangingGateway(context, server.url, ({ method, path, status, body }) => {
      if (path === '/v1/apps?limit=0') return { status: 200, body: '{"data":[]}' }
      if (body.includes('INVALID.DUPLICATE')) return { body: body.replaceAll('INVALID.DUPLICATE', 'NOT_UNIQUE') }
      return method === 'POST' && status === 400 ? { body: '<html>Bad Request</html>' } : {}
    })
    const project = await makeProject(context, server, { url: lenient })
    const was = await bytesOf(server, project)

    const { code, stdout, stderr } = await project.run(verify(project, '--detailed-exitcode'))
    const json = await project.run(verify(project, '-o', 'json'))

    assert.equal(code, EXIT_CHANGES, stderr)
    assert.match(stdout, /differs {2}limit-zero .*\n +status: Clipflight answers 400, and this service 200\n/)
    assert.match(stdout, /code: Clipflight answers \S+INVALID\.DUPLICATE, and this service \S+NOT_UNIQUE\n/)
    assert.match(stdout, /5 differ, 0 did not run\.\n$/)
    assert.equal(json.code, 0)
    assert.deepEqual(outcomesIn(json.stdout, 'differs'), [
      'limit-zero',
      'locale-twice-inline',
      'json-malformed',
      'url-twice',
      'locale-twice',
    ])
    assert.equal(await bytesOf(server, project), was)
  })

  test('deletes what a service takes that Clipflight refuses', async (context) => {
    const lenient = await startChangingGateway(
      context,
      server.url,
      () => ({}),
      (body) =>
        body
          .replace('"url":"http:', '"url":"https:')
          .replace(/"title":"[^"]{300,}"/, '"title":"Shortened"')
          .replace('"url":null', '"url":"https://example.com/moved"'),
    )
    const project = await makeProject(context, server, { url: lenient })
    await project.give(THEIRS, TITLES)
    const was = await bytesOf(server, project)

    const { code, stdout, stderr } = await project.run(verify(project, '-o', 'json'))

    assert.equal(code, 0, stderr)
    assert.deepEqual(outcomesIn(stdout, 'differs'), ['url-not-https', 'title-long', 'creation-url-null', 'url-null'])
    assert.equal(foundIn(stdout).find(({ id }) => id === 'title-long')?.answered?.['status'], '201')
    assert.equal(await bytesOf(server, project), was)
  })

  test('deletes what was made though its answer was lost', async (context) => {
    const project = await makeProject(context, server)
    await project.give(THEIRS, TITLES)
    const was = await bytesOf(server, project)
    const losing = await startGateway(context, server.url, ({ write }) => (write === 1 ? 'lose' : 'pass'))

    const { code, stdout, stderr } = await project.run(verify(project, '-o', 'json'), { ASC_BASE_URL: losing.url })

    // It was carried out, and nobody told its id.
    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /cannot be reached/)
    assert.match(stderr, /The bundle is as it was\./)
    assert.equal(JSON.parse(stdout).restored, true)
    assert.equal(await bytesOf(server, project), was)
  })

  test('says what is left to do when the service stops answering', async (context) => {
    let writes = 0
    const gateway = await startGateway(context, server.url, ({ method }): Judgement => {
      if (method !== 'GET') writes++
      return writes >= 2 ? 'hold' : 'pass'
    })
    const project = await makeProject(context, server, { url: gateway.url })

    const { code, stdout, stderr } = await project.run(verify(project, '-o', 'json', '--timeout', '1s'))

    assert.equal(code, EXIT_FAILED)
    const [made] = Object.keys(await project.has())
    assert.match(String(made), /clipflight-probe/)
    const { error } = JSON.parse(stderr)
    assert.match(error.message, /What was made is not all deleted/)
    assert.match(error.advice.join('\n'), new RegExp(`invocations delete ${error.left[0]} --yes`))
    assert.equal(JSON.parse(stdout).restored, false)
    gateway.release()
    const deleted = await project.run(['invocations', 'delete', error.left[0], '--yes'], { ASC_BASE_URL: server.url })
    assert.equal(deleted.code, 0, deleted.stderr)
    assert.deepEqual(await project.has(), {})
  })

  test('puts back what was there when it is interrupted', async (context) => {
    const held = (passing: Passing): Judgement => (passing.write === 3 ? 'hold' : 'pass')
    const gateway = await startGateway(context, server.url, held)
    const project = await makeProject(context, server)
    await project.give(THEIRS, TITLES)
    const was = await bytesOf(server, project)
    const child = spawn(process.execPath, [COMMAND, ...verify(project, '-o', 'json')], {
      env: { ...project.user.environment, ...variablesFor(gateway.url, server.key) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    context.after(() => child.kill('SIGKILL'))
    let [stdout, stderr] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    const stopping = new Promise<void>((told) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
        if (stderr.includes('Stopping')) told()
      })
    })

    await gateway.held
    child.kill('SIGINT')
    await stopping
    gateway.release()
    const [code] = await once(child, 'close')

    assert.equal(code, EXIT_INTERRUPTED, stderr)
    assert.match(stderr, /Stopped by SIGINT/)
    assert.match(stderr, /The bundle is as it was\./)
    assert.ok(foundIn(stdout).some(({ reason }) => reason === 'stopped before'))
    assert.equal(await bytesOf(server, project), was)
  })

  test('leaves what was made when it is interrupted twice, and says how to delete it', async (context) => {
    // The first creation passes; deleting what it made is what waits.
    const gateway = await startGateway(context, server.url, ({ method }) => (method === 'DELETE' ? 'hold' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    const terminal = project.terminal(verify(project))

    await gateway.held
    terminal.type('\u0003')
    await terminal.shows(/Stopping behind this probe/)
    const again = setInterval(() => terminal.type('\u0003'), 100)
    const { code, screen } = await terminal.ended
    clearInterval(again)

    assert.equal(code, EXIT_INTERRUPTED, screen)
    assert.match(screen, /Stopped by SIGINT[^]*What was made is not all deleted[^]*invocations delete \S+ --yes/)
    assert.equal(Object.keys(await project.has()).length, 1)
  })

  test('shows which probe it is at once it was allowed to write, and puts back what was there when it is interrupted then', async (context) => {
    const gateway = await startGateway(context, server.url, ({ write }) => (write === 1 ? 'hold' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    const terminal = project.terminal(['verify-fidelity', '--bundle', project.build.clipBundle])

    await terminal.shows(/delete them again\? \[y\/N\]/)
    terminal.type('y\r')
    await terminal.shows(new RegExp(`Probe \\d+ of ${PROBES.length}: `))
    terminal.type('\u0003')
    await terminal.shows(/Stopping behind this probe/)
    gateway.release()
    const { code, screen } = await terminal.ended

    assert.equal(code, EXIT_INTERRUPTED, screen)
    assert.match(screen, /Stopped by SIGINT[^]*The bundle is as it was\./)
    assert.deepEqual(await project.has(), {})
  })

  test('writes a report that holds no ids, no names and no token, unless answers are wanted', async (context) => {
    const project = await makeProject(context, server)
    await project.give(THEIRS, TITLES)

    const { stdout } = await project.run(verify(project, '-o', 'markdown'))
    const wanted = await project.run(verify(project, '-o', 'markdown', '--with-answers'))

    const { app, build, appBundle, clipBundle } = project.build
    for (const secret of [
      app,
      build,
      appBundle,
      clipBundle,
      server.key.id,
      server.url,
      project.bundleId,
      'eyJ',
      'coffee',
    ])
      assert.ok(!stdout.includes(secret), secret)
    assert.match(stdout, /^### Fidelity of Clipflight: a service of its own\n\n\*\*\d+ agree, 0 differ, 0 did not run/)
    assert.doesNotMatch(wanted.stdout, /eyJ/)
    assert.match(wanted.stdout, /<summary><code>creation<\/code>/)
  })

  test('asks before it writes, and says what it cannot do', async (context) => {
    const project = await makeProject(context, server)
    const { clipBundle } = project.build

    const unasked = await project.run(['verify-fidelity', '--bundle', clipBundle])
    const unknown = await project.run(['verify-fidelity', '--bundle', 'nobodys', '--yes'])
    const alone = await project.run(['verify-fidelity', '--other-bundle', clipBundle])
    const badId = await project.run(['verify-fidelity', '--bundle', '../apps'])
    const terminal = project.terminal(['verify-fidelity', '--bundle', clipBundle])
    await terminal.shows(/delete them again\? \[y\/N\]/)
    terminal.type('n\r')

    assert.equal(unasked.code, EXIT_USAGE)
    assert.match(unasked.stderr, /Say yes with --yes/)
    assert.equal(unknown.code, EXIT_NOT_FOUND)
    assert.equal(alone.code, EXIT_USAGE)
    assert.equal(badId.code, EXIT_USAGE)
    assert.match((await terminal.ended).screen, /Nothing was done/)
    assert.deepEqual(await project.has(), {})
  })

  test('ends where the role of the key is not enough, and where an earlier run left something', async (context) => {
    const developing = await startServer('sqlite', { roles: ['DEVELOPER'] })
    context.after(() => developing.close())
    const reader = await makeProject(context, developing)
    const project = await makeProject(context, server)
    const left = await project.give('https://example.com/clipflight-probe/1')

    const reading = await reader.run(verify(reader, '-o', 'json'))
    const again = await project.run(verify(project))

    assert.deepEqual(outcomesIn(reading.stdout, 'differs'), [])
    assert.match(reading.stdout, /"the role of the key is not enough before"/)
    assert.equal(again.code, EXIT_CONFLICT)
    assert.match(again.stderr, new RegExp(`An earlier run left [^]*invocations delete ${left} --yes`))
    assert.deepEqual(Object.keys(await project.has()), ['https://example.com/clipflight-probe/1'])
  })

  test('begins nothing that the budget of the hour does not reach for', async (context) => {
    const limited = await startServer('sqlite', { rateLimit: 100 })
    context.after(() => limited.close())
    const project = await makeProject(context, limited)

    const { code, stderr } = await project.run(verify(project))

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /requests left this hour, and this may take \d+\. Nothing was changed/)
    assert.deepEqual(await project.has(), {})
  })
})

describe('the probes', () => {
  test('have ids of their own, and ask about rules in the words of docs/fidelity.md', async () => {
    const page = await readFile(resolve(import.meta.dirname, '../../docs/fidelity.md'), 'utf8')
    const [rules = ''] = page.split('<!-- derived: probes -->')

    assert.equal(new Set(PROBES.map(({ id }) => id)).size, PROBES.length)
    for (const { id, rule } of PROBES) assert.ok(rules.includes(`| ${rule} |`), `${id}: ${rule}`)
  })
})
