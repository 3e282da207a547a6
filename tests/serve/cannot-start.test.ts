import assert from 'node:assert/strict'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, test, type TestContext } from 'node:test'
import { freshDirectory, runClipflight, serve, type Ended } from './run-clipflight.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2

function serveUntilEnd(context: TestContext, args: readonly string[]): Promise<Ended> {
  return runClipflight(context, ['serve', '--output', 'json', ...args]).ended
}

/** Says one thing, on standard error, and not how the code got there. */
function assertOneClearLine({ code, stdout, stderr }: Ended, expected: RegExp): void {
  assert.equal(code, EXIT_FAILED, stderr)
  assert.equal(stdout, '')
  assert.match(stderr, expected)
  assert.equal(stderr.trimEnd().split('\n').length, 1, stderr)
}

describe('clipflight serve refuses to start', () => {
  test('on a port that is in use', async (context) => {
    const directory = await freshDirectory(context)
    const { greeting } = await serve(context, join(directory, 'one'))
    const { port } = new URL(greeting.url)

    const ended = await serveUntilEnd(context, ['--data-dir', join(directory, 'two'), '--port', port])

    assertOneClearLine(ended, new RegExp(`^clipflight: Port ${port} of 127\\.0\\.0\\.1 is in use: `))
    using database = new DatabaseSync(join(directory, 'two', 'clipflight.sqlite'))
    assert.equal(database.prepare('select count(*) as count from teams').get()?.['count'], 0)
  })

  test('on an address that is not of this machine', async (context) => {
    const ended = await serveUntilEnd(context, [
      '--data-dir',
      await freshDirectory(context),
      '--port',
      '0',
      '--host',
      '203.0.113.1',
    ])

    assertOneClearLine(ended, /^clipflight: The service cannot listen on port 0 of 203\.0\.113\.1 \(EADDRNOTAVAIL\): /)
  })

  test('in a directory that cannot be written to', async (context) => {
    const file = join(await freshDirectory(context), 'file')
    await writeFile(file, '')

    const ended = await serveUntilEnd(context, ['--data-dir', join(file, 'below'), '--port', '0'])

    assertOneClearLine(ended, /^clipflight: The data directory .*below cannot be written to \(ENOTDIR\): /)
  })

  test('in a directory that no file system makes', { skip: process.platform !== 'linux' }, async (context) => {
    const ended = await serveUntilEnd(context, ['--data-dir', '/proc/clipflight/data', '--port', '0'])

    assertOneClearLine(ended, /^clipflight: The data directory .*data cannot be written to \(ENOENT\): /)
  })

  test('twice, and says where it runs, with and without its control API', async (context) => {
    for (const args of [[], ['--control', 'off']]) {
      const dataDir = await freshDirectory(context)
      const { greeting } = await serve(context, dataDir, args)

      assertOneClearLine(
        await serveUntilEnd(context, ['--data-dir', dataDir, '--port', '0']),
        new RegExp(
          `^clipflight: A service already runs here: ${greeting.url}\\. Another one takes --data-dir and --port\n$`,
        ),
      )
    }
  })

  test('on data that another process uses, wherever that is', async (context) => {
    const dataDir = await freshDirectory(context)
    await serve(context, dataDir)
    await rm(join(dataDir, 'credentials.json'))

    assertOneClearLine(
      await serveUntilEnd(context, ['--data-dir', dataDir, '--port', '0']),
      /^clipflight: .*clipflight\.sqlite is in use by another process\. Another directory is chosen with --data-dir\.\n$/,
    )
  })

  test('on a database of a newer version', async (context) => {
    const dataDir = await freshDirectory(context)
    await (await serve(context, dataDir)).stop()
    const database = new DatabaseSync(join(dataDir, 'clipflight.sqlite'))
    database.exec(`insert into kysely_migration (name, timestamp) values ('9999-of-the-future', '')`)
    database.close()

    assertOneClearLine(await serveUntilEnd(context, ['--data-dir', dataDir, '--port', '0']), /^clipflight: .*newer/)
  })

  test('on a file that is no database', async (context) => {
    const dataDir = await freshDirectory(context)
    await writeFile(join(dataDir, 'clipflight.sqlite'), 'not a database, whatever its name says\n'.repeat(100))

    assertOneClearLine(
      await serveUntilEnd(context, ['--data-dir', dataDir, '--port', '0']),
      /^clipflight: .*clipflight\.sqlite/,
    )
  })

  test('on a PostgreSQL that does not answer, without repeating its password', async (context) => {
    const ended = await serveUntilEnd(context, [
      '--data-dir',
      await freshDirectory(context),
      '--port',
      '0',
      '--database',
      'postgres://me:secret@127.0.0.1:1/x',
    ])

    assertOneClearLine(ended, /^clipflight: /)
    assert.equal(ended.stderr.includes('secret'), false)
  })

  test('on a PostgreSQL that does not answer, where a service with its own database runs', async (context) => {
    const dataDir = await freshDirectory(context)
    await serve(context, dataDir)

    assertOneClearLine(
      await serveUntilEnd(context, ['--data-dir', dataDir, '--port', '0', '--database', 'postgres://127.0.0.1:1/x']),
      /^clipflight: The database .*ECONNREFUSED/,
    )
  })

  test('on a seed file that is not there', async (context) => {
    const ended = await serveUntilEnd(context, [
      '--data-dir',
      await freshDirectory(context),
      '--port',
      '0',
      '--seed',
      '/nowhere/team.yaml',
    ])

    assertOneClearLine(ended, /^clipflight: The seed file \/nowhere\/team\.yaml cannot be read \(ENOENT\): /)
  })

  test('on a bad seed file, with line, column and reason, and seeds a mended one', async (context) => {
    const directory = await freshDirectory(context)
    const file = join(directory, 'team.yaml')
    await writeFile(file, 'teams:\n  - name: T\n    keyz: []\n')
    const args = ['--data-dir', join(directory, 'data'), '--port', '0', '--seed', file]

    const ended = await serveUntilEnd(context, args)
    await writeFile(file, 'teams:\n  - name: T\n')
    const mended = await serve(context, join(directory, 'data'), ['--seed', file])

    assertOneClearLine(
      ended,
      /^clipflight: .*team\.yaml:3:5: 'keyz' is not a member of a team\. Did you mean 'keys'\?$/m,
    )
    assert.match(mended.greeting.keyId, /^[A-Z0-9]{10}$/)
  })
})

describe('the command line', () => {
  const bad: readonly (readonly [string, string, RegExp])[] = [
    ['--port', '65536', /--port must be a whole number from 0 to 65535, not '65536'/],
    ['--port', 'http', /--port must be a whole number/],
    ['--database', 'mysql://me:secret@db/x', /--database must be a URL such as postgres:/],
    ['--public-url', 'ftp://example.com', /--public-url must be an http or https URL/],
    ['--rate-limit', '0', /--rate-limit must be a whole number from 1 to 1000000000, or 'off'/],
    ['--log-level', 'loud', /--log-level must be one of fatal, /],
    ['--output', 'xml', /--output must be 'text' or 'json'/],
  ]
  for (const [flag, value, expected] of bad) {
    test(`refuses ${flag} ${value}`, async (context) => {
      const { code, stdout, stderr } = await runClipflight(context, ['serve', flag, value]).ended

      assert.equal(code, EXIT_USAGE)
      assert.equal(stdout, '')
      assert.match(stderr, expected)
      assert.equal(stderr.includes('secret'), false)
      assert.equal(stderr.trimEnd().split('\n').length, 1)
    })
  }

  test('names the variable where the bad value is from the environment', async (context) => {
    const { code, stderr } = await runClipflight(context, ['serve'], { environment: { CLIPFLIGHT_PORT: 'many' } }).ended

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /^clipflight: CLIPFLIGHT_PORT must be a whole number/)
  })

  test('refuses commands and options that it has not', async (context) => {
    const command = await runClipflight(context, ['fly']).ended
    const option = await runClipflight(context, ['serve', '--prot', '1']).ended

    assert.equal(command.code, EXIT_USAGE)
    assert.match(command.stderr, /unknown command 'fly'/)
    assert.equal(option.code, EXIT_USAGE)
    assert.match(option.stderr, /unknown option '--prot'\. Did you mean '--port'/)
  })

  test('prints its version, and help with every option, its variable and examples', async (context) => {
    const version = await runClipflight(context, ['--version']).ended
    const help = await runClipflight(context, ['serve', '--help']).ended

    const manifest = JSON.parse(await readFile(join(import.meta.dirname, '../../packages/cli/package.json'), 'utf8'))
    assert.equal(version.stdout, `${manifest.version}\n`)
    assert.equal(help.code, 0)
    for (const flag of [
      'port',
      'host',
      'data-dir',
      'database',
      'seed',
      'public-url',
      'rate-limit',
      'log-level',
      'output',
    ]) {
      assert.match(help.stdout, new RegExp(`--${flag} `))
      assert.match(help.stdout, new RegExp(`CLIPFLIGHT_${flag.replaceAll('-', '_').toUpperCase()}\\)`))
    }
    assert.match(help.stdout, /Examples:\n +\$ clipflight serve\n/)
  })

  test('says what it needs when an older Node runs it', async (context) => {
    const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.4'}})`
    const { code, stdout, stderr } = await runClipflight(context, ['serve'], { nodeOptions: ['--import', older] }).ended

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /^clipflight needs Node\.js 24 or newer, and this is 18\.20\.4\. Install a newer one from https:\/\/nodejs\.org/,
    )
  })
})
