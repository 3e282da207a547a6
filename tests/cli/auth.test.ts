import assert from 'node:assert/strict'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { serve } from '../serve/run-clipflight.ts'
import { startServer, type TestServer } from '../support/server.ts'
import type { TestKey } from '../support/teams.ts'
import { makeUser, variablesFor, type User } from './command-line.ts'

const [EXIT_FAILED, EXIT_USAGE, EXIT_NOT_AUTHORISED, EXIT_NOT_FOUND] = [1, 2, 3, 4]

let server: TestServer
let key: TestKey
let developer: TestKey

before(async () => {
  server = await startServer('sqlite', { roles: ['ADMIN', 'DEVELOPER'] })
  key = server.as('ADMIN')
  developer = server.as('DEVELOPER')
})

after(() => server.close())

async function login(user: User, each: TestKey, ...args: readonly string[]) {
  const path = await user.saveKey(each)
  const who = ['--private-key-path', path, '--issuer-id', each.issuerId, '--base-url', server.url]
  return user.run(['auth', 'login', ...who, ...args])
}

async function keyIdUsed(user: User, args: readonly string[] = [], environment = {}): Promise<string> {
  const { code, stdout, stderr } = await user.run(['auth', 'status', ...args], { environment })
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout).keyId
}

function profilesFile(user: User): string {
  return join(user.home, '.config', 'clipflight', 'profiles.json')
}

describe('profiles', () => {
  test('are saved for their owner only, without the key, and used from then on', async (context) => {
    const user = await makeUser(context)

    const { code, stdout, stderr } = await login(user, key)

    assert.equal(code, 0, stderr)
    assert.equal(JSON.parse(stdout).name, 'default')
    const text = await readFile(profilesFile(user), 'utf8')
    assert.ok(!text.includes('PRIVATE KEY'), text)
    assert.equal((await stat(profilesFile(user))).mode & 0o777, 0o600)
    assert.equal((await stat(join(profilesFile(user), '..'))).mode & 0o777, 0o700)
    assert.deepEqual(await readdir(join(profilesFile(user), '..')), ['profiles.json'])
    assert.equal(await keyIdUsed(user), key.id)
  })

  test('live where XDG_CONFIG_HOME says', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key)
    const environment = { XDG_CONFIG_HOME: join(user.home, 'xdg') }

    await user.run(
      ['auth', 'login', '--private-key-path', path, '--issuer-id', key.issuerId, '--base-url', server.url],
      { environment },
    )

    assert.equal((await stat(join(user.home, 'xdg', 'clipflight', 'profiles.json'))).mode & 0o777, 0o600)
    assert.equal(await keyIdUsed(user, [], environment), key.id)
  })

  test('are chosen by a flag, by a variable, and by use; variables with a key come before', async (context) => {
    const user = await makeUser(context)
    await login(user, key, '--name', 'admin')
    await login(user, developer, '--name', 'developer')

    assert.equal(await keyIdUsed(user), developer.id)
    assert.equal(await keyIdUsed(user, ['--profile', 'admin']), key.id)
    assert.equal(await keyIdUsed(user, [], { CLIPFLIGHT_PROFILE: 'admin' }), key.id)
    assert.equal(await keyIdUsed(user, [], variablesFor(server.url, key)), key.id)
    assert.equal(await keyIdUsed(user, ['--profile', 'developer'], variablesFor(server.url, key)), key.id)
    const used = await user.run(['auth', 'use', 'admin'], { environment: { ASC_KEY_ID: developer.id } })
    assert.equal(used.code, 0)
    assert.match(used.stderr, /warning: ASC_KEY_ID is set here, and variables come before profiles/)
    assert.equal(await keyIdUsed(user), key.id)
  })

  test('are not used where variables contradict each other, for these come first', async (context) => {
    const user = await makeUser(context)
    await login(user, key)
    const environment = { ...variablesFor(server.url, developer), APP_STORE_CONNECT_KEY_ID: 'ANOTHERKEY' }

    for (const args of [['--profile', 'default'], []])
      assert.equal((await user.run(['auth', 'status', ...args], { environment })).code, EXIT_USAGE)
  })

  test('keep their service when a flag names the same key', async (context) => {
    const user = await makeUser(context)
    await login(user, key)

    assert.equal(await keyIdUsed(user, ['--profile', 'default', '--key-id', key.id]), key.id)
  })

  test('keep their service when a variable names another', async (context) => {
    const user = await makeUser(context)
    await login(user, key)

    const { stdout } = await user.run(['auth', 'status', '--profile', 'default'], {
      environment: { ASC_BASE_URL: 'http://127.0.0.1:1' },
    })

    assert.equal(JSON.parse(stdout).baseUrl, server.url)
  })

  test('do not lend their service to the key of a variable, which is for Apple', async (context) => {
    const asked: string[] = []
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url)
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    context.after(() => proxy.close())
    const address = proxy.address()
    assert.ok(typeof address === 'object' && address !== null)
    const user = await makeUser(context)
    await login(user, key)
    const { ASC_BASE_URL: _none, ...environment } = variablesFor(server.url, developer)

    const { code, stderr } = await user.run(['apps', 'list'], {
      environment: { ...environment, NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: `http://127.0.0.1:${address.port}` },
    })

    assert.equal(code, 1)
    assert.match(stderr, /api\.appstoreconnect\.apple\.com \(from the default\) cannot be reached/)
    assert.deepEqual([...new Set(asked)], ['api.appstoreconnect.apple.com:443'])
  })

  test('are listed with the one in use, and say when a key file is missing', async (context) => {
    const user = await makeUser(context)
    await login(user, key, '--name', 'one')
    const before = JSON.parse((await user.run(['auth', 'list'])).stdout)
    await writeFile(profilesFile(user), (await readFile(profilesFile(user), 'utf8')).replaceAll('AuthKey_', 'Gone_'))

    const { stdout } = await user.run(['auth', 'list', '--output', 'table'])

    assert.deepEqual(
      before.map(({ name, inUse }: { name: string; inUse: boolean }) => [name, inUse]),
      [['one', true]],
    )
    assert.match(stdout, /^NAME +KEY ID .*\none \(in use\) .* missing: .*Gone_/)
  })

  test('are forgotten, and their key files kept', async (context) => {
    const user = await makeUser(context)
    await login(user, key)

    const { code } = await user.run(['auth', 'logout'])

    assert.equal(code, 0)
    assert.equal(JSON.parse((await user.run(['auth', 'list'])).stdout).length, 0)
    assert.ok((await stat(join(user.folder, `AuthKey_${key.id}.p8`))).isFile())
  })

  test('that are not there are an error that says which are', async (context) => {
    const user = await makeUser(context)
    await login(user, key, '--name', 'one')

    for (const args of [
      ['auth', 'use', 'two'],
      ['auth', 'logout', 'two'],
      ['apps', 'list', '--profile', 'two'],
    ]) {
      const { code, stderr } = await user.run(args)

      assert.equal(code, EXIT_NOT_FOUND)
      assert.match(stderr, /There is no profile 'two'\n {2}There is: one/)
    }
  })

  test('in a file that is damaged are an error, and the file is left', async (context) => {
    const user = await makeUser(context)
    await login(user, key)
    await writeFile(profilesFile(user), '{')

    const { code, stderr } = await login(user, key)

    assert.equal(code, 1)
    assert.match(stderr, /profiles\.json does not hold profiles/)
    assert.equal(await readFile(profilesFile(user), 'utf8'), '{')
  })
})

describe('logging in', () => {
  test('saves nothing when the service does not accept the key', async (context) => {
    const user = await makeUser(context)
    const issuerId = '00000000-0000-4000-8000-000000000000'

    const { code, stderr } = await login(user, { ...key, issuerId })

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(stderr, new RegExp(`The key ${key.id} is not accepted .*Check that the issuer ${issuerId}`, 's'))
    assert.equal(JSON.parse((await user.run(['auth', 'list'])).stdout).length, 0)
  })

  test('is refused a base URL with the version in it, which every request has', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key)
    const line = ['auth', 'login', '--private-key-path', path, '--individual']

    const { code, stderr } = await user.run([...line, '--base-url', `${server.url}/v1`])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /^clipflight: --base-url must end before \/v1, which is part of every request: http:\S+\d\n$/)
  })

  test('says where the address is from that does not answer', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key)
    const line = ['auth', 'login', '--private-key-path', path, '--individual']

    const { code, stderr } = await user.run([...line, '--base-url', 'http://127.0.0.1:1'])

    assert.equal(code, EXIT_FAILED)
    assert.match(stderr, /^clipflight: http:\/\/127\.0\.0\.1:1 \(from --base-url\) cannot be reached/)
  })

  test('without a terminal says what is missing', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key)

    const nothing = await user.run(['auth', 'login'])
    const noIssuer = await user.run(['auth', 'login', '--private-key-path', path])

    assert.equal(nothing.code, EXIT_USAGE)
    assert.match(nothing.stderr, /Private key file \(\.p8\) is not given\n {2}Say it with --private-key-path/)
    assert.equal(noIssuer.code, EXIT_USAGE)
    assert.match(noIssuer.stderr, /issuer is not given\n {2}Name it with --issuer-id; a person's key, .* --individual/)
  })

  test('does not replace a profile unasked', async (context) => {
    const user = await makeUser(context)
    await login(user, key)

    const unasked = await login(user, developer)
    const asked = await login(user, developer, '--yes')

    assert.equal(unasked.code, EXIT_USAGE)
    assert.match(unasked.stderr, /Replace the profile 'default'\?\n {2}Say yes with --yes/)
    assert.equal(asked.code, 0)
    assert.equal(await keyIdUsed(user), developer.id)
  })

  test('takes the key of the service of this folder', async (context) => {
    const user = await makeUser(context)
    const dataDir = join(user.folder, '.clipflight')
    await user.saveKey(key, dataDir)
    await writeFile(
      join(dataDir, 'credentials.json'),
      JSON.stringify({ url: server.url, keyId: key.id, issuerId: key.issuerId }),
    )

    for (const service of [['--local'], ['--data-dir', dataDir]]) {
      const { code, stderr } = await user.run(['auth', 'login', ...service, '--name', 'demo'])

      assert.equal(code, 0, stderr)
      assert.equal(await keyIdUsed(user), key.id)
      await user.run(['auth', 'logout'])
    }
  })

  test('asks on a terminal for what no option says, and proposes the key it finds', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key, join(user.home, '.private_keys'))
    const terminal = user.terminal(['auth', 'login', '--base-url', server.url])

    await terminal.shows(/Private key file \(\.p8\) \[.*\]:\s/s)
    terminal.type('\r')
    await terminal.shows(/Issuer id \(empty for a person's key\): /)
    terminal.type(`${key.issuerId}\r`)
    await terminal.shows(/Name of the profile \[default\]: /)
    terminal.type('mine\r')
    const { code, screen } = await terminal.ended

    assert.equal(code, 0, screen)
    assert.match(screen, /Saved the key .* as 'mine'/)
    const { profiles, inUse } = JSON.parse(await readFile(profilesFile(user), 'utf8'))
    assert.equal(inUse, 'mine')
    assert.equal(profiles.mine.privateKeyPath, path)
  })

  test('says what is wrong with a key before it asks for more', async (context) => {
    const user = await makeUser(context)
    const path = join(user.folder, 'AuthKey_ABCDEFGHIJ.p8')
    await writeFile(path, '', { mode: 0o600 })
    const terminal = user.terminal(['auth', 'login', '--private-key-path', path])

    const { code, screen } = await terminal.ended

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(screen, /clipflight:\S* \S+\.p8 is empty\r\n/)
    assert.doesNotMatch(screen, /Issuer id/)
  })

  test('that is left half-way saves nothing', async (context) => {
    const user = await makeUser(context)
    await user.saveKey(key, join(user.home, '.private_keys'))
    const terminal = user.terminal(['auth', 'login', '--base-url', server.url])

    await terminal.shows(/\]:\s/)
    terminal.type('\r')
    await terminal.shows(/Issuer id .*: /)
    terminal.type('\u0004')
    const { code, screen } = await terminal.ended

    assert.equal(code, 1)
    assert.match(screen, /Nothing was answered, and nothing was done/)
    await assert.rejects(readFile(profilesFile(user)))
  })
})

describe('the status', () => {
  test('says what an Admin may do, until when, and what is left of the budget', async (context) => {
    const limited = await startServer('sqlite', { rateLimit: 100 })
    context.after(() => limited.close())
    const user = await makeUser(context)

    const { stdout } = await user.run(['auth', 'status'], { environment: variablesFor(limited.url, limited.key) })

    const status = JSON.parse(stdout)
    assert.equal(status.mayChangeInvocations, true)
    assert.deepEqual(status.possibleRoles, ['ADMIN', 'ACCOUNT_HOLDER', 'APP_MANAGER'])
    assert.equal(status.rateLimit.limit, 100)
    assert.equal(status.rateLimit.remaining, 97)
    const lasts = Date.parse(status.tokenExpiresAt) - Date.now()
    assert.ok(lasts > 17 * 60_000 && lasts < 20 * 60_000, String(lasts))
  })

  test('says what a Developer may not do', async (context) => {
    const user = await makeUser(context)

    const { stdout } = await user.run(['auth', 'status'], { environment: variablesFor(server.url, developer) })

    const status = JSON.parse(stdout)
    assert.equal(status.mayReadBuilds, true)
    assert.equal(status.mayChangeInvocations, false)
    assert.ok(status.possibleRoles.includes('DEVELOPER') && !status.possibleRoles.includes('ADMIN'))
    assert.deepEqual(status.excludedRoles, ['ADMIN', 'ACCOUNT_HOLDER', 'APP_MANAGER'])
    assert.equal(status.roles, null)
  })

  test('narrows the role down where the service does not tell', async (context) => {
    const user = await makeUser(context)
    const narrowed = async (each: TestKey) =>
      (await user.run(['auth', 'status', '-o', 'table'], { environment: variablesFor(server.url, each) })).stdout

    assert.match(
      await narrowed(key),
      /^Role +not told by the service; at least one of ADMIN, ACCOUNT_HOLDER, APP_MANAGER$/m,
    )
    assert.match(
      await narrowed(developer),
      /^Role +not told by the service; at least one of .*DEVELOPER.*; none of ADMIN, ACCOUNT_HOLDER, APP_MANAGER$/m,
    )
  })

  test('says the very roles of the key of a service here', async (context) => {
    const user = await makeUser(context)
    const dataDir = join(user.folder, 'data')
    await writeFile(
      join(user.folder, 'seed.yaml'),
      'teams: [{ name: Team, keys: [{ roles: [DEVELOPER, MARKETING] }] }]\n',
    )
    await serve(context, dataDir, ['--seed', join(user.folder, 'seed.yaml'), '--rate-limit', '100'])
    const args = ['auth', 'status', '--data-dir', dataDir]

    const status = JSON.parse((await user.run(args)).stdout)
    const { stdout } = await user.run([...args, '-o', 'table'])

    assert.deepEqual(status.roles, ['DEVELOPER', 'MARKETING'])
    assert.match(stdout, /^Role +DEVELOPER, MARKETING$/m)
    assert.match(stdout, /^Token +accepted; expires /m)
    assert.match(stdout, /^Requests left +\d+ of 100 this hour$/m)
  })
})
