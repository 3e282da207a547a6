import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { resources } from '@clipflight/contract'
import { parse } from 'yaml'
import { freshDirectory, runClipflight } from '../serve/run-clipflight.ts'
import { startGateway } from '../support/gateway.ts'
import { invocationBody } from '../support/invocations.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { makeBuild, plant } from '../support/teams.ts'
import { COMMAND, makeUser, openTerminal, variablesFor } from './command-line.ts'
import { makeProject } from './project.ts'

const BUNDLE_ID = 'com.example.output'
const LIST = ['invocations', 'list', '--app', BUNDLE_ID]

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
  const { clipBundle } = await makeBuild(server.storage, server.team.number, { bundleId: BUNDLE_ID })
  const titles = { 'en-US': 'Order at the counter', ja: 'カウンターで注文' }
  await server.send('POST', '/v1/betaAppClipInvocations', {
    body: invocationBody(clipBundle, 'https://example.com/order', titles),
  })
})

after(() => server.close())

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return { ...variablesFor(server.url, server.key), ...more }
}

/** Columns that a terminal gives a text: two to East Asian characters and to emoji. */
function columnsOf(text: string): number {
  const widths = [...new Intl.Segmenter().segment(text)].map(({ segment }) =>
    /[\u3000-\u9FFF\uAC00-\uD7A3]|\p{Emoji_Presentation}|\uFE0F/u.test(segment) ? 2 : 1,
  )
  return widths.reduce<number>((sum, width) => sum + width, 0)
}

describe('the output', () => {
  test('is JSON where nobody looks, and a table on a terminal', async (context) => {
    const user = await makeUser(context)

    const piped = await user.run(LIST, { environment: environment() })
    const { screen } = await user.terminal(LIST, { environment: environment() }).ended

    assert.equal(JSON.parse(piped.stdout)[0].url, 'https://example.com/order')
    assert.match(stripVTControlCharacters(screen), /^URL +LOCALE +TITLE\r?$/m)
  })

  test('is what the option says, or else the variable', async (context) => {
    const user = await makeUser(context)

    const yaml = await user.run([...LIST, '-o', 'yaml'], { environment: environment({ CLIPFLIGHT_OUTPUT: 'table' }) })
    const table = await user.run(LIST, { environment: environment({ CLIPFLIGHT_OUTPUT: 'table' }) })
    const wrong = await user.run(LIST, { environment: environment({ CLIPFLIGHT_OUTPUT: 'xml' }) })

    assert.equal(parse(yaml.stdout)[0].url, 'https://example.com/order')
    assert.match(table.stdout, /^URL +LOCALE +TITLE\n/)
    assert.equal(wrong.code, 2)
    assert.match(wrong.stderr, /CLIPFLIGHT_OUTPUT must be one of table, json, yaml, not 'xml'/)
  })

  test('has its columns one under the other, whatever the writing', async (context) => {
    const user = await makeUser(context)
    const names = ['コーヒー店', 'Caffè', 'Coffee ☕️ shop', '커피']
    await server.storage.write(async (transaction) => {
      for (const [index, name] of names.entries()) {
        const bundleId = `com.example.writing${index}`
        await plant(transaction, server.team.number, resources.apps, { name, bundleId })
      }
    })

    const { stdout } = await user.run(['apps', 'list', '-o', 'table'], { environment: environment() })

    const [titleLine = '', ...lines] = stdout.trimEnd().split('\n')
    for (const name of names) assert.ok(stdout.includes(name), stdout)
    for (const line of lines)
      assert.equal(
        columnsOf(line.slice(0, line.search(/\d+$/))),
        titleLine.indexOf('ID', titleLine.indexOf('SKU')),
        line,
      )
  })

  test('is cut to the width of a terminal, but not in a pipe, and never what things are named by', async (context) => {
    const user = await makeUser(context)

    const { screen } = await user.terminal(LIST, { environment: environment(), columns: 48 }).ended
    const piped = await user.run([...LIST, '-o', 'table'], { environment: environment() })

    const lines = stripVTControlCharacters(screen).trimEnd().split(/\r?\n/)
    for (const line of lines) assert.ok(columnsOf(line) <= 48, line)
    assert.match(lines.join('\n'), /https:\/\/example\.com\/order +en-US +Order .*…/)
    assert.ok(!piped.stdout.includes('…'))
  })

  test(
    'is not cut on a terminal that does not know its width',
    { skip: process.platform === 'win32' },
    async (context) => {
      const { folder, environment: ofUser } = await makeUser(context)

      const { screen } = await openTerminal(
        context,
        ['sh', '-c', 'stty cols 0 && exec "$0" "$@"', process.execPath, COMMAND, ...LIST],
        { folder, columns: 40, environment: { ...ofUser, ...environment() } },
      ).ended

      assert.match(stripVTControlCharacters(screen), /^https:\/\/example\.com\/order +en-US +Order [^…]+\r?$/m)
    },
  )

  test('leaves out the ids of builds, which have numbers, before it cuts anything', async (context) => {
    const user = await makeUser(context)
    const list = ['builds', 'list', '--app', BUNDLE_ID]

    const narrow = await user.terminal(list, { environment: environment(), columns: 80 }).ended
    const wide = await user.terminal(list, { environment: environment(), columns: 140 }).ended

    const [titles = '', build = ''] = stripVTControlCharacters(narrow.screen).split(/\r?\n/)
    assert.match(titles, /UPLOADED +APP CLIP$/)
    assert.match(build, / \d{4}-\d\d-\d\d \d\d:\d\d +com\.example\.output\.Clip$/)
    assert.match(stripVTControlCharacters(wide.screen), /UPLOADED +APP CLIP +ID\r?\n/)
  })

  test('has colours on a terminal only, as NO_COLOR and FORCE_COLOR say', async (context) => {
    const user = await makeUser(context)
    const table = [...LIST, '-o', 'table']
    const isColoured = (text: string): boolean => text.includes('\u001B[1m')

    const onTerminal = await user.terminal(table, { environment: environment() }).ended
    const without = await user.terminal(table, { environment: environment({ NO_COLOR: '1' }) }).ended
    const piped = await user.run(table, { environment: environment() })
    const forced = await user.run(table, { environment: environment({ FORCE_COLOR: '1' }) })

    assert.ok(isColoured(onTerminal.screen))
    assert.ok(!isColoured(without.screen), without.screen)
    assert.ok(!isColoured(piped.stdout))
    assert.ok(isColoured(forced.stdout))
  })

  test('of an empty list is an empty list, said in words where somebody reads it', async (context) => {
    await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.empty' })
    const user = await makeUser(context)
    const args = ['invocations', 'list', '--app', 'com.example.empty']

    const json = await user.run(args, { environment: environment() })
    const table = await user.run([...args, '-o', 'table'], { environment: environment() })

    assert.deepEqual([json.code, json.stdout], [0, '[]\n'])
    assert.deepEqual([table.code, table.stdout, table.stderr], [0, '', 'The build has no invocations.\n'])
  })

  test('does not pass on what would steer a terminal', async (context) => {
    const { clipBundle } = await makeBuild(server.storage, server.team.number, { bundleId: 'com.example.steer' })
    await server.send('POST', '/v1/betaAppClipInvocations', {
      body: invocationBody(clipBundle, 'https://example.com/x', { 'en-US': 'a\u001B[2Jb\u0007c\nd' }),
    })
    const user = await makeUser(context)

    const args = ['invocations', 'list', '--app', 'com.example.steer', '-o', 'table']
    const { stdout } = await user.run(args, { environment: environment() })

    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    assert.ok(!/[\u0000-\u0009\u000B-\u001F\u007F]/.test(stdout), JSON.stringify(stdout))
    assert.ok(stdout.includes(String.raw`a\u001b[2Jb\u0007c\nd`), stdout)
  })

  test('may be read by a program that stops early', async (context) => {
    const user = await makeUser(context)
    const child = spawn('sh', ['-c', `"$0" "$1" completion zsh | head -n 1; exit 0`, process.execPath, COMMAND], {
      env: user.environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))

    await once(child, 'close')

    assert.equal(stderr, '')
  })
})

describe('progress', () => {
  test('is shown on a terminal when something takes longer than a second, and not in CI', async (context) => {
    const user = await makeUser(context)
    const args = ['builds', 'wait', '9', '--app', BUNDLE_ID, '--timeout', '3s']

    const shown = user.terminal(args, { environment: environment() })
    const inCi = user.terminal(args, { environment: environment({ CI: 'true' }) })

    await shown.shows(/Build 9 has not appeared/)
    assert.equal((await shown.ended).code, 1)
    assert.match((await inCi.ended).screen, /^.*clipflight:.* Build 9 still has not appeared after/)
  })

  test('comes back behind a question', async (context) => {
    let requests = 0
    const gateway = await startGateway(context, server.url, () => (++requests === 3 ? 'hold' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    await project.write({ 'https://example.com/a': { 'en-US': 'Order' } })
    const terminal = project.terminal(['apply', '--build', '42'])

    await terminal.shows(/\[y\/N\]: /)
    terminal.type('y\r')
    await terminal.shows(/Asking 127\.0\.0\.1/)
    gateway.release()

    assert.equal((await terminal.ended).code, 0)
  })

  test('comes back behind a warning', async (context) => {
    let requests = 0
    const gateway = await startGateway(context, server.url, () => (++requests === 3 ? 'hold' : 'pass'))
    const project = await makeProject(context, server, { url: gateway.url })
    const other = await makeProject(context, server)
    const locale = { locale: 'en-US' }
    await server.storage.write((transaction) =>
      plant(transaction, server.team.number, resources.betaBuildLocalizations, locale, { build: project.build.build }),
    )
    await project.write({ 'https://example.com/a': { ja: '注文' } }, { [other.bundleId]: {} })
    const terminal = project.terminal(['plan', '--build', '42'])

    await terminal.shows(/warning:.* has titles in ja/)
    await terminal.shows(/Asking 127\.0\.0\.1/)
    gateway.release()

    assert.equal((await terminal.ended).code, 0)
  })
})

test('a variable that is for tables or YAML leaves the greeting of the service as it is', async (context) => {
  const args = ['serve', '--port', '0', '--data-dir', await freshDirectory(context)]

  const running = runClipflight(context, args, { environment: { CLIPFLIGHT_OUTPUT: 'yaml' } })

  assert.equal(await running.firstLine(), 'Clipflight is ready.')
})
