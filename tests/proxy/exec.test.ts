import assert from 'node:assert/strict'
import { constants } from 'node:os'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { COMMAND, openTerminal } from '../cli/command-line.ts'
import { freshDirectory, runClipflight, serve } from '../serve/run-clipflight.ts'
import { signFor } from '../support/sign-for.ts'
import { dataDirectory, lacks, nodeThrough, runThrough, startThrough, textOf } from './run-through.ts'

const EXIT_USAGE = 2
const EXIT_FAILED = 1
const EXIT_BY_SIGNAL = 128

/** Says that it is there, and each signal that it gets; ends by itself after a second one of a kind, or with `end`. */
const LISTENING = `
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => console.log(signal))
  process.stdin.on('data', (text) => process.exit(Number(text)))
  console.log('ready')`

describe('clipflight exec --fault', () => {
  const CREATE = `
    const send = async () => {
      const response = await fetch('https://api.appstoreconnect.apple.com/v1/apps', { headers: { authorization: 'Bearer ' + process.env.TOKEN } })
      return response.status
    }
    console.log(await send(), await send())`

  test('makes requests of the command go wrong, and of nobody else afterwards', async (context) => {
    const dataDir = await dataDirectory(context)
    const { greeting } = await serve(context, dataDir)
    const token = await signFor({ ...greeting, privateKey: await textOf(greeting.privateKeyPath) })
    const options = ['--fault', 'unavailable', '--fault', 'agreement-missing']

    const { stdout } = await nodeThrough(context, dataDir, CREATE, { options, environment: { TOKEN: token } })

    assert.equal(stdout, '503 403\n')
    const left = await runClipflight(context, ['sandbox', 'faults', 'list', '--data-dir', dataDir]).ended
    assert.deepEqual(JSON.parse(left.stdout), [])
  })

  test('needs a preset that there is, and a service that is controlled', async (context) => {
    const dataDir = await dataDirectory(context)

    const unknown = await runThrough(context, dataDir, ['true'], { options: ['--fault', 'nonsense'] })
    const off = await runThrough(context, dataDir, ['echo', 'ran'], {
      options: ['--fault', 'slow', '--control', 'off'],
    })

    assert.equal(unknown.code, EXIT_USAGE)
    assert.match(unknown.stderr, /There is no fault 'nonsense'\n.*random-401/)
    assert.equal(off.code, EXIT_USAGE)
    assert.match(off.stderr, /--fault needs the control API/)
    assert.equal(off.stdout, '')
  })
})

describe('clipflight exec, with a service that runs,', () => {
  test('leaves no request in its log, and uses no fault up', async (context) => {
    const dataDir = await dataDirectory(context)
    await serve(context, dataDir)
    const ask = async (...words: string[]) =>
      (await runClipflight(context, ['sandbox', ...words, '--data-dir', dataDir]).ended).stdout
    await ask('faults', 'add', 'agreement-missing', '--next', '1')

    const { code } = await nodeThrough(context, dataDir, '')

    assert.equal(code, 0)
    assert.equal(await ask('log'), '')
    assert.equal(JSON.parse(await ask('faults', 'list'))[0].struck, 0)
  })

  test('has our own command say which keys look like those of App Store Connect, where one is not accepted', async (context) => {
    const dataDir = await dataDirectory(context)
    const issuer = '57246542-96fe-1a63-e053-0824d011072a'

    const { stderr } = await runThrough(context, dataDir, [
      process.execPath,
      COMMAND,
      'apps',
      'list',
      '--issuer-id',
      issuer,
    ])

    assert.match(stderr, /is not accepted by https:\/\/api\.appstoreconnect\.apple\.com\n/)
    assert.match(stderr, /^ {2}Keys for push notifications and the like have files of the same name: /m)
  })

  test('and whose private keys are elsewhere, says how to have one', async (context) => {
    const dataDir = await dataDirectory(context)
    const first = await serve(context, dataDir)
    await first.stop()
    await rm(first.greeting.privateKeyPath)
    await serve(context, dataDir)

    const { code, stdout, stderr } = await runThrough(context, dataDir, ['echo', 'ran'])

    assert.equal(code, EXIT_FAILED)
    assert.equal(stdout, '')
    assert.match(stderr, /^clipflight: The service of .* has keys, and none of their private halves is there\n/)
    const [, line = ''] = /start it again: clipflight (.*)$/m.exec(stderr) ?? []
    assert.equal((await runClipflight(context, line.split(' ')).ended).code, 0)
  })
})

describe('clipflight exec', () => {
  test('ends with what the command ends with', async (context) => {
    const { code } = await nodeThrough(context, await dataDirectory(context), 'process.exit(7)')

    assert.equal(code, 7)
  })

  test('gives the command its arguments as they are, and its output and errors to whoever runs it', async (context) => {
    const script = 'console.log(JSON.stringify(process.argv.slice(1))); console.error("oh")'
    const words = [process.execPath, '--eval', script, '--', '--seed', 'a b', '--', '$HOME', '']

    const { stdout, stderr } = await runThrough(context, await dataDirectory(context), words)

    assert.deepEqual(JSON.parse(stdout), ['--seed', 'a b', '--', '$HOME', ''])
    assert.equal(stderr, 'oh\n')
  })

  test('takes a command without -- too, up to its own options', async (context) => {
    const words = [process.execPath, '-p', '6 * 7']

    const { stdout } = await runClipflight(context, ['exec', '--data-dir', await dataDirectory(context), ...words])
      .ended

    assert.equal(stdout, '42\n')
  })

  for (const [what, words, exitCode, said] of [
    ['is not there', ['no-such-command'], 127, "clipflight: there is no command 'no-such-command'\n"],
    ['is not to be run', ['./text'], 126, "clipflight: './text' cannot be run (EACCES)\n"],
  ] as const) {
    test(`ends as a shell does when the command ${what}`, async (context) => {
      const directory = await freshDirectory(context)
      await writeFile(join(directory, 'text'), 'no program')
      await chmod(join(directory, 'text'), 0o644)

      const { code, stderr } = await runThrough(context, join(directory, 'data'), words, { directory })

      assert.equal(code, exitCode)
      assert.equal(stderr, said)
    })
  }

  test('ends as a shell does when a signal ended the command', async (context) => {
    const script = 'process.kill(process.pid, "SIGKILL")'

    const { code } = await nodeThrough(context, await dataDirectory(context), script)

    assert.equal(code, EXIT_BY_SIGNAL + constants.signals.SIGKILL)
  })

  test('ends with the signal that it was sent, as the command did', async (context) => {
    const words = [process.execPath, '--eval', 'console.log("ready"); setInterval(() => {}, 1000)']
    const running = startThrough(context, await dataDirectory(context), words)
    await running.firstLine()

    running.process.kill('SIGTERM')

    assert.equal((await running.ended).code, EXIT_BY_SIGNAL + constants.signals.SIGTERM)
  })

  test('passes a signal on and waits for what the command makes of it', async (context) => {
    const script =
      'process.on("SIGTERM", () => { console.log("tidied"); process.exit(3) }); console.log("ready"); setInterval(() => {}, 1000)'
    const running = startThrough(context, await dataDirectory(context), [process.execPath, '--eval', script])
    await running.firstLine()

    running.process.kill('SIGTERM')

    const { code, stdout } = await running.ended
    assert.equal(code, 3)
    assert.equal(stdout, 'ready\ntidied\n')
  })

  test('leaves the Ctrl-C of a terminal to the command, which gets it once', async (context) => {
    const folder = await freshDirectory(context)
    const words = [process.execPath, COMMAND, 'exec', '--', process.execPath, '--eval', LISTENING]
    const environment = { PATH: process.env['PATH'] ?? '', HOME: folder }
    const terminal = openTerminal(context, words, { folder, columns: 100, environment })
    await terminal.shows(/ready/)

    terminal.type('\u0003')
    await terminal.shows(/SIGINT/)
    terminal.type('5\r')

    const { code, screen } = await terminal.ended
    assert.equal(code, 5)
    assert.equal(screen.match(/SIGINT/g)?.length, 1)
  })

  test('uses the service that runs with the data directory, and leaves it running', async (context) => {
    const dataDir = await dataDirectory(context)
    const { greeting } = await serve(context, dataDir)

    const { code, stdout, stderr } = await runThrough(
      context,
      dataDir,
      [process.execPath, COMMAND, 'apps', 'list', '--output', 'json'],
      { options: ['--seed', 'none'] },
    )

    assert.equal(code, 0, stderr)
    assert.equal(JSON.parse(stdout)[0].bundleId, 'com.example.coffee')
    assert.equal(stderr, `clipflight: the service at ${greeting.url} is used as it runs, without --seed\n`)
    assert.equal((await fetch(`${greeting.url}/_clipflight/health`)).status, 200)
  })

  test("begins links with Apple's name, whatever the public URL is", async (context) => {
    // The story follows links.next, and other hosts are refused.
    const words = [process.execPath, join(import.meta.dirname, 'clients/node-send.mjs'), 'fetch']

    const { code, stderr } = await runThrough(context, await dataDirectory(context), words, {
      options: ['--public-url', 'https://asc.example.com'],
    })

    assert.equal(stderr, '')
    assert.equal(code, 0)
  })

  test('ends its own service with the command, and begins where it left off', async (context) => {
    const dataDir = await dataDirectory(context)
    const key = 'process.stdout.write(process.env.ASC_KEY_ID)'

    const first = await nodeThrough(context, dataDir, key)
    const second = await nodeThrough(context, dataDir, key)

    assert.match(first.stdout, /^[A-Z0-9]{10}$/)
    assert.equal(second.stdout, first.stdout)
    assert.equal(second.stderr, '')
  })

  test('runs many side by side, each with its own service', async (context) => {
    const codes = await Promise.all(
      [1, 2, 3].map(async (number) => {
        const script = `const { status } = await fetch('https://api.appstoreconnect.apple.com/v1/apps'); process.exit(status === 401 ? ${number} : 9)`
        return (await nodeThrough(context, await dataDirectory(context), script)).code
      }),
    )

    assert.deepEqual(codes, [1, 2, 3])
  })

  for (const [what, args, said] of [
    ['no command', [], /missing required argument 'command'/],
    [
      'an --allow that is no host',
      ['--allow', 'https://x', '--', 'true'],
      /--allow must be a host or host:port, not 'https:\/\/x'/,
    ],
    [
      "Apple's host to be let through",
      ['--allow', 'api.appstoreconnect.apple.com', '--', 'true'],
      /Clipflight answers itself/,
    ],
    ['a port that is none', ['--port', 'x', '--', 'true'], /--port must be a whole number/],
  ] as const) {
    test(`refuses ${what}`, async (context) => {
      const { code, stdout, stderr } = await runClipflight(context, ['exec', ...args]).ended

      assert.equal(code, EXIT_USAGE)
      assert.match(stderr, said)
      assert.equal(stdout, '')
    })
  }

  test('runs nothing when the service cannot start', async (context) => {
    const { code, stdout, stderr } = await runThrough(
      context,
      await dataDirectory(context),
      ['echo', '--output', 'json'],
      {
        options: ['--seed', 'missing.yaml'],
      },
    )

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /^clipflight: The seed file missing\.yaml cannot be read/)
    assert.equal(stdout, '')
  })

  test('says which file a client does not trust', { skip: lacks('curl', '--version') }, async (context) => {
    const dataDir = await dataDirectory(context)
    const words = [
      'curl',
      '--silent',
      '--capath',
      dataDir,
      '--cacert',
      '/etc/ssl/certs/ca-certificates.crt',
      'https://api.appstoreconnect.apple.com/',
    ]

    const { stderr } = await runThrough(context, dataDir, words)

    assert.equal(
      stderr,
      `clipflight: TLS for api.appstoreconnect.apple.com failed: the client does not trust ${dataDir}/proxy/ca.pem\n`,
    )
  })

  test('refuses a data directory that another process holds and no service answers for', async (context) => {
    const dataDir = await dataDirectory(context)
    await serve(context, dataDir)
    await writeFile(join(dataDir, 'credentials.json'), '{}')

    const { code, stderr } = await runThrough(context, dataDir, ['true'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /in use/)
  })

  test('keeps clients from waiting when the service that it uses has gone', async (context) => {
    const dataDir = await dataDirectory(context)
    const { greeting, stop } = await serve(context, dataDir)
    const script = `
      console.log('ready')
      while (await fetch('${greeting.url}/_clipflight/health').then(() => true, () => false)) continue
      const response = await fetch('https://api.appstoreconnect.apple.com/v1/apps')
      console.log(response.status, await response.text())`
    const running = startThrough(context, dataDir, [process.execPath, '--input-type=module', '--eval', script])
    await running.firstLine()

    await stop()

    const { stdout } = await running.ended
    assert.match(stdout, /^502 Clipflight: the service at http:\/\/127\.0\.0\.1:\d+ does not run any more/m)
  })
})
