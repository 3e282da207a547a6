import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, readdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { signFor } from '../support/sign-for.ts'
import { freshDirectory, runClipflight, serve, type Greeting } from './run-clipflight.ts'

const OWNER_ONLY = 0o600

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

async function tokenOf({ keyId, issuerId, privateKeyPath }: Greeting): Promise<string> {
  return await signFor({ keyId, issuerId, privateKey: await readFile(privateKeyPath, 'utf8') }, Date.now())
}

async function get(
  greeting: Greeting,
  path: string,
): Promise<{
  readonly status: number
  readonly body: { data: { id: string; attributes: Record<string, unknown> }[] }
}> {
  const response = await fetch(`${greeting.url}${path}`, {
    headers: { authorization: `Bearer ${await tokenOf(greeting)}` },
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

describe('clipflight serve', () => {
  test('says in one line of JSON where it is and which key opens it, and answers there', async (context) => {
    const dataDir = await freshDirectory(context)

    const { greeting } = await serve(context, dataDir)

    assert.deepEqual(Object.keys(greeting), ['url', 'issuerId', 'keyId', 'privateKeyPath', 'dataDir'])
    assert.equal(greeting.dataDir, dataDir)
    assert.equal((await fetch(`${greeting.url}/_clipflight/health`)).status, 200)
    const apps = await get(greeting, '/v1/apps')
    assert.equal(apps.status, 200)
    assert.deepEqual(
      apps.body.data.map(({ attributes }) => attributes.bundleId),
      ['com.example.coffee'],
    )
  })

  test('writes the credentials for other programs, readable by their owner only', async (context) => {
    const dataDir = join(await freshDirectory(context), 'made')

    const { greeting } = await serve(context, dataDir)

    const { url, issuerId, keyId, privateKeyPath } = greeting
    const { adminToken, ...credentials } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
    const fastlane = JSON.parse(await readFile(join(dataDir, 'api_key.json'), 'utf8'))
    assert.deepEqual(credentials, { url, issuerId, keyId, roles: ['ADMIN'], privateKeyPath })
    assert.match(adminToken, /^[\w-]{43}$/)
    assert.equal(privateKeyPath, join(dataDir, `AuthKey_${keyId}.p8`))
    const key = await readFile(privateKeyPath, 'utf8')
    assert.deepEqual(fastlane, { key_id: keyId, issuer_id: issuerId, key, duration: 1200, in_house: false })
    assert.match(key, /^-----BEGIN PRIVATE KEY-----\n/)
    if (process.platform === 'win32') return
    assert.equal(await modeOf(dataDir), 0o700)
    for (const name of ['credentials.json', 'api_key.json', `AuthKey_${keyId}.p8`]) {
      assert.equal(await modeOf(join(dataDir, name)), OWNER_ONLY, name)
    }
  })

  test('makes a data directory that git ignores, and leaves one that is there as it is', async (context) => {
    const there = await freshDirectory(context)
    const made = join(there, 'made')

    await (await serve(context, made)).stop()
    await (await serve(context, there)).stop()

    assert.equal(await readFile(join(made, '.gitignore'), 'utf8'), '*\n')
    assert.ok(!(await readdir(there)).includes('.gitignore'))
  })

  test('never stores a private key in the database', async (context) => {
    const dataDir = await freshDirectory(context)
    const { greeting, stop } = await serve(context, dataDir)
    await stop()

    const key = (await readFile(greeting.privateKeyPath, 'utf8')).split('\n').slice(1, -2).join('')
    for (const name of (await readdir(dataDir)).filter((each) => each.startsWith('clipflight.sqlite'))) {
      const bytes = await readFile(join(dataDir, name), 'latin1')
      assert.equal(bytes.includes('PRIVATE KEY'), false)
      assert.equal(bytes.includes(key.slice(0, 40)), false)
    }
  })

  test('prints commands that find it, in whatever directory its data is', async (context) => {
    const directory = await freshDirectory(context)
    const greet = async (...args: readonly string[]): Promise<string> => {
      const running = runClipflight(context, ['serve', '--port', '0', ...args], { directory })
      await running.firstLine()
      running.process.kill('SIGTERM')
      return (await running.ended).stdout
    }

    const usual = await greet()
    const other = await greet('--data-dir', 'd 2')

    assert.match(usual, /Control +clipflight sandbox --help\n +Sign in +clipflight console\n/)
    const flag = `--data-dir '${await realpath(directory)}/d 2'`
    assert.match(other, /sandbox --help, and behind its verbs --data-dir '/)
    assert.ok(other.includes(`clipflight console ${flag}\n`), other)
  })

  test('prints a request that works as it is pasted', async (context) => {
    const dataDir = await freshDirectory(context)
    const running = runClipflight(context, ['serve', '--port', '0', '--data-dir', dataDir])

    assert.equal(await running.firstLine(), 'Clipflight is ready.')
    running.process.kill('SIGTERM')
    const { stdout } = await running.ended
    const again = runClipflight(context, [
      'serve',
      '--port',
      new URL(/http:\S+/.exec(stdout)?.[0] ?? '').port,
      '--data-dir',
      dataDir,
    ])
    await again.firstLine()

    const [, token = '', url = ''] = /curl -H 'Authorization: Bearer ([^']+)' '([^']+)'/.exec(stdout) ?? []
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    assert.equal(response.status, 200)
  })

  test('has the same data and key after a restart, and tells the new address', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    const before = await get(first.greeting, '/v1/builds')
    assert.equal((await first.stop()).code, 0)

    const second = await serve(context, dataDir)

    assert.deepEqual(await get(second.greeting, '/v1/apps?fields[apps]=name').then(({ status }) => status), 200)
    assert.deepEqual(
      (await get(second.greeting, '/v1/builds')).body.data.map(({ id }) => id),
      before.body.data.map(({ id }) => id),
    )
    assert.equal(second.greeting.keyId, first.greeting.keyId)
    const credentials = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
    assert.equal(credentials.url, second.greeting.url)
  })

  test('writes lost credentials anew from the key file, and takes no key that the database does not know', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    await first.stop()
    const key = await readFile(first.greeting.privateKeyPath, 'utf8')
    await rm(join(dataDir, 'credentials.json'))
    await writeFile(join(dataDir, 'AuthKey_AAAAAAAAAA.p8'), key)

    const second = await serve(context, dataDir)

    assert.equal(second.greeting.keyId, first.greeting.keyId)
    assert.equal(JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')).keyId, first.greeting.keyId)
  })

  test('says so when no key of the data directory belongs to the database', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    await first.stop()
    await rm(first.greeting.privateKeyPath)

    const second = await serve(context, dataDir)
    const { stderr } = await second.stop()

    assert.equal(second.greeting.keyId, null)
    assert.match(stderr, /^clipflight: No key in .* belongs to this database/m)
  })

  test('starts with a seed file, and with no apps where the seed is none', async (context) => {
    const directory = await freshDirectory(context)
    const file = join(directory, 'team.yaml')
    await writeFile(file, 'teams: [{ name: T, apps: [{ name: Mine, bundleId: com.example.mine }] }]')

    const own = await serve(context, join(directory, 'own'), ['--seed', file])
    const none = await serve(context, join(directory, 'none'), ['--seed', 'none'])

    assert.deepEqual(
      (await get(own.greeting, '/v1/apps')).body.data.map(({ attributes }) => attributes.name),
      ['Mine'],
    )
    assert.deepEqual((await get(none.greeting, '/v1/apps')).body.data, [])
  })

  test('says that a seed file is not used when there is data', async (context) => {
    const dataDir = await freshDirectory(context)
    await (await serve(context, dataDir)).stop()

    const again = await serve(context, dataDir, ['--seed', 'team.yaml'])

    assert.match(
      (await again.stop()).stderr,
      /^clipflight: The database is not empty, so the seed team.yaml was not used: choose an empty one with --data-dir or --database$/m,
    )
  })

  test('takes options from the environment, flags first', async (context) => {
    const directory = await freshDirectory(context)
    const running = runClipflight(context, ['serve', '--output', 'json', '--data-dir', join(directory, 'flag')], {
      environment: {
        CLIPFLIGHT_PORT: '0',
        CLIPFLIGHT_DATA_DIR: join(directory, 'variable'),
        CLIPFLIGHT_RATE_LIMIT: '7',
        CLIPFLIGHT_SEED: '',
      },
    })
    const greeting: Greeting = JSON.parse(await running.firstLine())

    const response = await fetch(`${greeting.url}/v1/apps`, {
      headers: { authorization: `Bearer ${await tokenOf(greeting)}` },
    })

    assert.equal(greeting.dataDir, join(directory, 'flag'))
    assert.match(response.headers.get('x-rate-limit') ?? '', /user-hour-lim:7;/)
  })

  test('puts its data beside where it is started', async (context) => {
    const directory = await freshDirectory(context)
    await mkdir(join(directory, 'project'))

    const running = runClipflight(context, ['serve', '--output', 'json', '--port', '0'], {
      directory: join(directory, 'project'),
    })
    const greeting: Greeting = JSON.parse(await running.firstLine())

    assert.equal(greeting.dataDir.endsWith(join('project', '.clipflight')), true)
  })
})

describe('stopping clipflight serve', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`answers what has been asked, then ends with 0, on ${signal}`, async (context) => {
      const { greeting, process: child, ended } = await serve(context, await freshDirectory(context))
      const body = '{"data":{"type":"betaAppClipInvocations"}}'
      const socket = connect(Number(new URL(greeting.url).port), '127.0.0.1')
      socket.write(
        `POST /v1/betaAppClipInvocations HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${await tokenOf(greeting)}\r\n` +
          `content-type: application/json\r\ncontent-length: ${body.length}\r\nexpect: 100-continue\r\n\r\n`,
      )
      // The server has seen the request, and waits for the rest of it.
      await once(socket, 'data')

      child.kill(signal)
      await untilClosedToOthers(greeting.url)
      socket.write(body)
      const [answer] = await once(socket, 'data')

      assert.match(String(answer), /^HTTP\/1\.1 409 /)
      assert.equal((await ended).code, 0)
    })
  }

  test('ends at once when it is told again', async (context) => {
    const { greeting, process: child, ended } = await serve(context, await freshDirectory(context))
    const socket = connect(Number(new URL(greeting.url).port), '127.0.0.1').on('error', () => {})
    socket.write('POST /v1/apps HTTP/1.1\r\nhost: localhost\r\ncontent-length: 10\r\nexpect: 100-continue\r\n\r\n')
    await once(socket, 'data')

    const again = setInterval(() => child.kill('SIGTERM'), 100)
    const { code } = await ended
    clearInterval(again)

    assert.equal(code, 128 + 15)
  })
})

/** Waits until the service takes no more connections. */
async function untilClosedToOthers(url: string): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (!isOpen) return
  }
}
