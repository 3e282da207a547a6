import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { rootCertificates } from 'node:tls'
import { startServer, type TestServer } from '../support/server.ts'
import { makeKey, type TestKey } from '../support/teams.ts'
import { makeUser, pemOf, variablesFor, type RunOptions, type User } from './command-line.ts'

const [EXIT_USAGE, EXIT_NOT_AUTHORISED] = [2, 3]

let server: TestServer
let key: TestKey
let otherKey: TestKey

before(async () => {
  server = await startServer('sqlite', { roles: ['ADMIN', 'DEVELOPER'] })
  key = server.as('ADMIN')
  otherKey = server.as('DEVELOPER')
})

after(() => server.close())

/** The id and the source of the key that a command would use. */
async function keyUsed(user: User, args: readonly string[], environment: RunOptions['environment'] = {}) {
  const { code, stdout, stderr } = await user.run(['auth', 'status', ...args], {
    environment: { ASC_BASE_URL: server.url, ...environment },
  })
  assert.equal(code, 0, stderr)
  const { keyId, keySource, issuerId, passedOver } = JSON.parse(stdout)
  return { keyId, keySource, issuerId, passedOver, stderr }
}

function fastlaneFile({ id, issuerId }: TestKey, members: object = {}): string {
  return JSON.stringify({
    key_id: id,
    issuer_id: issuerId,
    key: pemOf(key),
    duration: 1200,
    in_house: false,
    ...members,
  })
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

describe('the text of a key', () => {
  test('is never repeated when it is given where its name or its file belongs', async (context) => {
    const user = await makeUser(context)
    const pem = pemOf(key)
    const [, secret = ''] = pem.split('\n')
    const environment = variablesFor(server.url, key)
    const json = fastlaneFile(key)
    const wrong: readonly (readonly [readonly string[], Readonly<Record<string, string>>])[] = [
      [['apps', 'list'], { ...environment, ASC_PRIVATE_KEY: '', ASC_PRIVATE_KEY_PATH: pem }],
      [['apps', 'list'], { ...environment, ASC_PRIVATE_KEY: '', ASC_PRIVATE_KEY_PATH: base64(pem) }],
      [['apps', 'list'], { ...environment, ASC_KEY_ID: pem }],
      [['apps', 'list'], { ...environment, ASC_ISSUER_ID: pem }],
      [['apps', 'list'], { APP_STORE_CONNECT_API_KEY_PATH: json }],
      [['apps', 'list'], { CLIPFLIGHT_PROFILE: pem }],
      [['apps', 'list', '--api-key', json], {}],
      [['apps', 'list', '--private-key-path', pem, '--key-id', key.id], {}],
      [['auth', 'login', '--private-key-path', pem, '--key-id', key.id], {}],
      [['auth', 'token', '--profile', pem], {}],
    ]

    for (const [args, variables] of wrong) {
      const { code, stdout, stderr } = await user.run([...args], { environment: variables })
      assert.equal(code, EXIT_USAGE, stderr)
      assert.match(stderr, /^clipflight: The text of a key is given where /)
      assert.ok(!`${stdout}${stderr}`.includes(secret), args.join(' '))
      assert.ok(!`${stdout}${stderr}`.includes(base64(pem).slice(60, 90)), args.join(' '))
    }
  })
})

describe('a key', () => {
  test('is taken from flags before variables', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(otherKey)

    const used = await keyUsed(
      user,
      ['--key-id', otherKey.id, '--issuer-id', otherKey.issuerId, '--private-key-path', path],
      variablesFor(server.url, key),
    )

    assert.equal(used.keyId, otherKey.id)
    assert.equal(used.keySource, '--key-id, --issuer-id, --private-key-path')
  })

  const families: readonly (readonly [string, (key: TestKey, path: string) => Record<string, string>])[] = [
    ['our own', ({ id, issuerId }, path) => ({ ASC_KEY_ID: id, ASC_ISSUER_ID: issuerId, ASC_PRIVATE_KEY_PATH: path })],
    [
      'our own in base64',
      (each) => ({ ASC_KEY_ID: each.id, ASC_ISSUER_ID: each.issuerId, ASC_PRIVATE_KEY_B64: base64(pemOf(each)) }),
    ],
    [
      'our own with line ends written out',
      (each) => ({
        ASC_KEY_ID: each.id,
        ASC_ISSUER_ID: each.issuerId,
        ASC_PRIVATE_KEY: pemOf(each).replaceAll('\n', '\\n'),
      }),
    ],
    [
      'our own, with the id in the name of the file',
      ({ issuerId }, path) => ({ ASC_ISSUER_ID: issuerId, ASC_PRIVATE_KEY_PATH: path }),
    ],
    [
      "Codemagic's, which may refer to files",
      ({ id, issuerId }, path) => ({
        APP_STORE_CONNECT_KEY_IDENTIFIER: id,
        APP_STORE_CONNECT_ISSUER_ID: issuerId,
        APP_STORE_CONNECT_PRIVATE_KEY: `@file:${path}`,
      }),
    ],
    [
      "fastlane's",
      (each) => ({
        APP_STORE_CONNECT_API_KEY_KEY_ID: each.id,
        APP_STORE_CONNECT_API_KEY_ISSUER_ID: each.issuerId,
        APP_STORE_CONNECT_API_KEY_KEY: base64(pemOf(each)),
        APP_STORE_CONNECT_API_KEY_IS_KEY_CONTENT_BASE64: 'true',
      }),
    ],
    [
      "spaceship's",
      ({ id, issuerId }, path) => ({
        SPACESHIP_CONNECT_API_KEY_ID: id,
        SPACESHIP_CONNECT_API_ISSUER_ID: issuerId,
        SPACESHIP_CONNECT_API_KEY_FILEPATH: path,
      }),
    ],
  ]
  for (const [name, variables] of families) {
    test(`is taken from the variables that are ${name}`, async (context) => {
      const user = await makeUser(context)
      const environment = variables(key, await user.saveKey(key))

      const used = await keyUsed(user, [], environment)

      assert.equal(used.keyId, key.id)
      for (const variable of Object.keys(environment).filter((each) => !each.includes('BASE64')))
        assert.ok(used.keySource.includes(variable), used.keySource)
      assert.ok(!used.keySource.includes('BEGIN'), used.keySource)
    })
  }

  test("is taken from fastlane's file, named by a flag or a variable", async (context) => {
    const user = await makeUser(context)
    const path = join(user.folder, 'api_key.json')
    await writeFile(path, fastlaneFile(key), { mode: 0o600 })

    assert.equal((await keyUsed(user, ['--api-key', path])).keySource, `--api-key ${path}`)
    const used = await keyUsed(user, [], { APP_STORE_CONNECT_API_KEY_PATH: path })
    assert.equal(used.keySource, `APP_STORE_CONNECT_API_KEY_PATH (${path})`)
  })

  test("without an issuer in fastlane's file is a person's", async (context) => {
    const individual = await makeKey(server.storage, server.team, ['ADMIN'], { individual: true })
    const user = await makeUser(context)
    const path = join(user.folder, 'api_key.json')
    await writeFile(path, fastlaneFile(individual, { issuer_id: undefined, key: pemOf(individual) }), { mode: 0o600 })

    const used = await keyUsed(user, ['--api-key', path])

    assert.deepEqual([used.keyId, used.issuerId], [individual.id, null])
  })

  test('is looked for in the folders where Apple puts it, by its id or as the only one', async (context) => {
    const user = await makeUser(context)
    await user.saveKey(key, join(user.home, '.appstoreconnect', 'private_keys'))
    const onlyOne = await keyUsed(user, ['--issuer-id', key.issuerId])
    await user.saveKey(otherKey, join(user.folder, 'private_keys'))

    const byId = await keyUsed(user, [], { ASC_KEY_ID: key.id, ASC_ISSUER_ID: key.issuerId })
    const several = await user.run(['auth', 'status'], { environment: { ASC_BASE_URL: server.url } })

    assert.equal(onlyOne.keyId, key.id)
    assert.match(onlyOne.keySource, /^the key file .*\.appstoreconnect/)
    assert.equal(byId.keyId, key.id)
    assert.equal(several.code, EXIT_USAGE)
    assert.match(several.stderr, /Several keys are found, and none is named/)
  })

  test('comes from the service of this folder with --local, whatever else there is', async (context) => {
    const user = await makeUser(context)
    const dataDir = join(user.folder, '.clipflight')
    await user.saveKey(key, dataDir)
    await writeFile(
      join(dataDir, 'credentials.json'),
      JSON.stringify({ url: server.url, keyId: key.id, issuerId: key.issuerId }),
    )

    const { code, stdout } = await user.run(['auth', 'status', '--local'], {
      environment: { ...variablesFor('http://127.0.0.1:1', otherKey) },
    })

    assert.equal(code, 0)
    const { keyId, baseUrl } = JSON.parse(stdout)
    assert.deepEqual([keyId, baseUrl], [key.id, server.url])
  })

  test('is not sent by --local to where a file in a folder says', async (context) => {
    const user = await makeUser(context)
    const dataDir = join(user.folder, '.clipflight')
    await user.saveKey(key, dataDir)
    await writeFile(
      join(dataDir, 'credentials.json'),
      JSON.stringify({ url: 'https://api.example.com', keyId: key.id }),
    )

    const { code, stderr } = await user.run(['apps', 'list', '--local'])

    assert.equal(code, 1)
    assert.match(stderr, /names a service that is not on this machine: https:\/\/api\.example\.com/)
  })
})

describe('the order of keys', () => {
  /** A user with one of the keys in `api_key.json`, and the other as the profile `work`. */
  async function makeOwner(context: TestContext): Promise<User> {
    const user = await makeUser(context)
    await writeFile(join(user.folder, 'api_key.json'), fastlaneFile(key), { mode: 0o600 })
    const path = await user.saveKey(otherKey)
    const { code, stderr } = await user.run(
      ['auth', 'login', '--name', 'work', '--private-key-path', path, '--issuer-id', otherKey.issuerId].concat([
        '--base-url',
        server.url,
      ]),
    )
    assert.equal(code, 0, stderr)
    return user
  }

  test('has variables before --api-key, and says which is used, which is not, and what to unset', async (context) => {
    const user = await makeOwner(context)

    const used = await keyUsed(user, ['--api-key', 'api_key.json'], {
      ...variablesFor(server.url, otherKey),
      APP_STORE_CONNECT_KEY_ID: otherKey.id,
    })

    assert.equal(used.keyId, otherKey.id)
    assert.equal(
      used.stderr,
      `clipflight: warning: The key ${otherKey.id} of ASC_KEY_ID, ASC_ISSUER_ID, ASC_PRIVATE_KEY is used, since variables come first, and ${key.id} of --api-key api_key.json is not. To use that: unset ASC_KEY_ID ASC_PRIVATE_KEY APP_STORE_CONNECT_KEY_ID\n`,
    )
    assert.deepEqual(used.passedOver, [{ keyId: key.id, source: '--api-key api_key.json' }])
  })

  test('has variables before --profile, and does not send their key to the service of the profile', async (context) => {
    const user = await makeOwner(context)
    const nowhere = 'http://127.0.0.1:1'

    const { code, stderr } = await user.run(['apps', 'list', '--profile', 'work'], {
      environment: variablesFor(nowhere, key),
    })

    assert.equal(code, 1)
    assert.match(stderr, new RegExp(`The key ${key.id} of .* is used, .*, and ${otherKey.id} of --profile work is not`))
    assert.match(stderr, /http:\/\/127\.0\.0\.1:1 \(from ASC_BASE_URL\) cannot be reached/)
  })

  test('has --api-key before --profile, and a file that a variable names', async (context) => {
    const user = await makeOwner(context)

    const typed = await keyUsed(user, ['--api-key', 'api_key.json', '--profile', 'work'])
    const named = await keyUsed(user, ['--profile', 'work'], { APP_STORE_CONNECT_API_KEY_PATH: 'api_key.json' })

    for (const used of [typed, named]) {
      assert.equal(used.keyId, key.id)
      assert.deepEqual(used.passedOver, [{ keyId: otherKey.id, source: '--profile work' }])
    }
    assert.match(
      typed.stderr,
      /is used, which comes first, and \w+ of --profile work is not\. To use that: leave out --api-key\n/,
    )
    assert.match(named.stderr, /, since variables come first, .* To use that: unset APP_STORE_CONNECT_API_KEY_PATH\n/)
  })

  test('has --local and --key-id before all others, whatever variables contradict each other', async (context) => {
    const user = await makeOwner(context)
    const path = await user.saveKey(key)
    const dataDir = join(user.folder, '.clipflight')
    await user.saveKey(key, dataDir)
    await writeFile(
      join(dataDir, 'credentials.json'),
      JSON.stringify({ url: server.url, keyId: key.id, issuerId: key.issuerId }),
    )
    const environment = { ...variablesFor(server.url, otherKey), APP_STORE_CONNECT_KEY_ID: 'ANOTHERKEY' }

    assert.equal((await keyUsed(user, ['--local', '--profile', 'work'], environment)).keyId, key.id)
    const used = await keyUsed(
      user,
      ['--private-key-path', path, '--issuer-id', key.issuerId],
      variablesFor(server.url, otherKey),
    )
    assert.equal(used.keyId, key.id)
    assert.equal(used.stderr, '')
    assert.deepEqual(used.passedOver, [
      { keyId: otherKey.id, source: 'ASC_KEY_ID, ASC_ISSUER_ID, ASC_PRIVATE_KEY' },
      { keyId: otherKey.id, source: 'the profile in use (work)' },
    ])
  })

  test('does not matter where all name one and the same key', async (context) => {
    const user = await makeOwner(context)
    const { ASC_KEY_ID = '' } = variablesFor(server.url, otherKey)

    const { code, stdout, stderr } = await user.run(['auth', 'status', '--profile', 'work'], {
      environment: { ASC_KEY_ID, ASC_BASE_URL: 'http://127.0.0.1:1' },
    })

    assert.equal(code, 0, stderr)
    assert.equal(stderr, '')
    const { keySource, baseUrl, passedOver } = JSON.parse(stdout)
    assert.deepEqual([keySource, baseUrl, passedOver], ['--profile work', server.url, []])
  })

  test('is told by the status', async (context) => {
    const user = await makeOwner(context)

    const { stdout } = await user.run(['auth', 'status', '--api-key', 'api_key.json', '--output', 'table'], {
      environment: { ASC_BASE_URL: server.url },
    })

    assert.match(stdout, /^From +--api-key api_key\.json$/m)
    assert.match(stdout, new RegExp(`^Passed over +${otherKey.id} of the profile in use \\(work\\)$`, 'm'))
  })
})

describe('two different keys', () => {
  async function refused(context: TestContext, args: readonly string[], environment: RunOptions['environment'] = {}) {
    const user = await makeUser(context)
    await writeFile(join(user.folder, 'api_key.json'), fastlaneFile(otherKey), { mode: 0o600 })
    const { code, stderr } = await user.run(['apps', 'list', ...args], { environment })
    assert.equal(code, EXIT_USAGE, stderr)
    return stderr
  }

  test('given by flags are refused', async (context) => {
    const user = await makeUser(context)
    const dataDir = join(user.folder, '.clipflight')
    await user.saveKey(key, dataDir)
    await writeFile(join(dataDir, 'credentials.json'), JSON.stringify({ url: server.url, keyId: key.id }))

    const { code, stderr } = await user.run(['apps', 'list', '--local', '--key-id', otherKey.id])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /Two different keys are given by flags: the service of .*\.clipflight, and --key-id/)
  })

  test('given by variables of two tools are refused', async (context) => {
    const environment = { ...variablesFor(server.url, key), APP_STORE_CONNECT_KEY_ID: otherKey.id }
    assert.match(
      await refused(context, [], environment),
      /by environment variables: ASC_KEY_ID, ASC_ISSUER_ID, ASC_PRIVATE_KEY, and APP_STORE_CONNECT_KEY_ID/,
    )
  })

  test('given as text and as another text are refused', async (context) => {
    const environment = { ...variablesFor(server.url, key), ASC_PRIVATE_KEY_B64: base64(pemOf(otherKey)) }
    assert.match(await refused(context, [], environment), /ASC_PRIVATE_KEY, and ASC_PRIVATE_KEY_B64/)
  })

  test('are not two when they are one and the same', async (context) => {
    const { id, issuerId } = key
    const environment = {
      ...variablesFor(server.url, key),
      ASC_PRIVATE_KEY_B64: base64(pemOf(key)),
      APP_STORE_CONNECT_KEY_ID: id,
      APP_STORE_CONNECT_ISSUER_ID: issuerId,
    }
    assert.equal((await keyUsed(await makeUser(context), [], environment)).keyId, id)
  })
})

test('a key is read whatever a secret store made of its line ends', async (context) => {
  const user = await makeUser(context)
  const pem = pemOf(key)

  for (const text of [
    pem.trim().replaceAll('\n', ''),
    pem.replaceAll('\n', ' '),
    pem.replaceAll('\n', String.raw`\r\n`),
    pem.replaceAll('\n', '\r\n  '),
  ]) {
    const environment = { ...variablesFor(server.url, key), ASC_PRIVATE_KEY: text, ASC_PRIVATE_KEY_B64: base64(pem) }
    assert.equal((await keyUsed(user, [], environment)).keyId, key.id)
  }
})

describe('a key that cannot be used', () => {
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
  const rsa = () => generateKeyPairSync('rsa', { modulusLength: 2048 })
  const bad: readonly (readonly [string, () => string, RegExp])[] = [
    [
      'on another curve',
      () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey.export(pkcs8).toString(),
      /not on the curve P-256 \(secp384r1\)/,
    ],
    [
      'of another kind',
      () => generateKeyPairSync('ed25519').privateKey.export(pkcs8).toString(),
      /not on the curve P-256 \(ed25519\)/,
    ],
    [
      'in SEC 1',
      () => key.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
      /SEC 1.*\n {2}Convert it: openssl/,
    ],
    [
      'encrypted',
      () => key.privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: 'secret' }).toString(),
      /is encrypted\n {2}Decrypt it/,
    ],
    ['damaged', () => pemOf(key).replace('MIG', 'XXX'), /holds a private key that is damaged/],
    ['cut off', () => pemOf(key).slice(0, 100), /or not all of it\n {2}App Store Connect hands out keys under/],
    ['an RSA key', () => rsa().privateKey.export(pkcs8).toString(), /not on the curve P-256 \(rsa\)/],
    [
      'an RSA key of its own format',
      () => rsa().privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
      /holds an RSA key, .* P-256\n {2}App Store Connect hands out keys under/,
    ],
    [
      'a public key',
      () => createPublicKey(key.privateKey).export({ type: 'spki', format: 'pem' }).toString(),
      /holds a public key, and no private key/,
    ],
    ['a certificate', () => String(rootCertificates[0]), /holds a certificate, and no private key/],
    ['in base64', () => Buffer.from(pemOf(key)).toString('base64'), /holds base64.*\n {2}Decode it/],
    ['in UTF-16', () => [...pemOf(key)].join('\0'), /is no text in UTF-8/],
    [
      'JSON of another kind',
      () => JSON.stringify({ name: 'this is not to be repeated, whatever it is' }),
      /holds JSON without a private key in it\n {2}A file in fastlane's JSON is named with --api-key/,
    ],
    ['not a key', () => 'whatever this is, it is no private key, and is not to be repeated', /holds no private key/],
  ]
  for (const [what, text, expected] of bad) {
    test(`because it is ${what} is told so, without repeating it`, async (context) => {
      const user = await makeUser(context)
      const path = join(user.folder, 'AuthKey_ABCDEFGHIJ.p8')
      const written = text()
      await writeFile(path, written, { mode: 0o600 })

      const { code, stdout, stderr } = await user.run(['apps', 'list', '--private-key-path', path])

      assert.equal(code, EXIT_NOT_AUTHORISED)
      assert.equal(stdout, '')
      assert.match(stderr, expected)
      assert.ok(!stderr.includes(written.slice(30, 60)), stderr)
    })
  }

  test('because its file is missing is told where it was looked for', async (context) => {
    const user = await makeUser(context)

    const named = await user.run(['apps', 'list', '--private-key-path', 'AuthKey_ABCDEFGHIJ.p8'])
    const searched = await user.run(['apps', 'list', '--key-id', 'ABCDEFGHIJ'])
    const none = await user.run(['apps', 'list'])

    for (const { code } of [named, searched, none]) assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(named.stderr, /AuthKey_ABCDEFGHIJ\.p8 cannot be read \(ENOENT\)/)
    assert.match(searched.stderr, /there is no AuthKey_ABCDEFGHIJ\.p8 in .*private_keys/)
    assert.match(none.stderr, /There is no key to App Store Connect\n {2}Save one as a profile: clipflight auth login/)
  })

  test('because a file is where folders of keys are is told so', async (context) => {
    const user = await makeUser(context)
    await writeFile(join(user.folder, 'private_keys'), '')

    const { code, stderr } = await user.run(['apps', 'list', '--key-id', 'ABCDEFGHIJ'])

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(
      stderr,
      /^clipflight: warning: No key is looked for in .*private_keys, which cannot be read \(ENOTDIR\)\n/,
    )
    assert.match(stderr, /\nclipflight: The private key of ABCDEFGHIJ is not given/)
  })

  test('because no profile is in use is told which there are', async (context) => {
    const user = await makeUser(context)
    const path = await user.saveKey(key)
    await user.run(['auth', 'login', '--private-key-path', path, '--individual', '--no-verify', '--name', 'work'])
    await user.run(['auth', 'login', '--private-key-path', path, '--individual', '--no-verify', '--name', 'trial'])
    await user.run(['auth', 'logout'])

    const { code, stderr } = await user.run(['apps', 'list'])

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(stderr, /\n {2}There is a profile, not in use \(work\): clipflight auth use work\n/)
  })

  test('because it is of the Enterprise Program is refused', async (context) => {
    const user = await makeUser(context)
    await writeFile(join(user.folder, 'api_key.json'), fastlaneFile(key, { in_house: true }), { mode: 0o600 })

    const { code, stderr } = await user.run(['apps', 'list', '--api-key', 'api_key.json'])

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /Enterprise Program do not reach App Clip invocations/)
  })

  test('because the file of fastlane is no JSON is told so, without repeating it', async (context) => {
    const user = await makeUser(context)
    await writeFile(join(user.folder, 'api_key.json'), pemOf(key), { mode: 0o600 })

    const { code, stderr } = await user.run(['apps', 'list', '--api-key', 'api_key.json'])

    assert.equal(code, EXIT_NOT_AUTHORISED)
    assert.match(stderr, /is no JSON object.*\n {2}A \.p8 file is named with --private-key-path/)
    assert.ok(!stderr.includes('PRIVATE KEY'), stderr)
  })
})

test('a key file that is empty is said to be so', async (context) => {
  const user = await makeUser(context)
  await writeFile(join(user.folder, 'AuthKey_ABCDEFGHIJ.p8'), '', { mode: 0o600 })

  const login = ['auth', 'login', '--private-key-path', 'AuthKey_ABCDEFGHIJ.p8', '--individual', '--no-verify']
  const { code, stderr } = await user.run(login)

  assert.equal(code, EXIT_NOT_AUTHORISED)
  assert.match(stderr, /AuthKey_ABCDEFGHIJ\.p8 is empty\n {2}App Store Connect hands out keys under/)
})

test('a key file that others can read is used, with a warning', async (context) => {
  const user = await makeUser(context)
  const path = await user.saveKey(key, join(user.folder, 'my keys'))
  await chmod(path, 0o644)

  const { keyId, stderr } = await keyUsed(user, ['--private-key-path', path, '--issuer-id', key.issuerId])

  assert.equal(keyId, key.id)
  assert.match(stderr, new RegExp(`warning: ${path} holds a private key, and others .* chmod 600 '${path}'`))
})

test('a key file that is not there is told with the variable that names it', async (context) => {
  const user = await makeUser(context)
  const environment = { ASC_KEY_ID: key.id, ASC_PRIVATE_KEY_PATH: 'missing.p8' }

  const { stderr } = await user.run(['auth', 'token'], { environment })

  assert.match(
    stderr,
    /^clipflight: The key file missing\.p8, which ASC_PRIVATE_KEY_PATH names, cannot be read \(ENOENT\)/,
  )
})

test('a file that holds no key is not said to hold one', async (context) => {
  const user = await makeUser(context)
  await writeFile(join(user.folder, 'README.md'), '# Hello', { mode: 0o644 })

  const { stderr } = await user.run(['auth', 'token', '--private-key-path', 'README.md', '--key-id', key.id])

  assert.match(stderr, /^clipflight: README\.md holds no private key/)
})

test('tokens are sent by https only, or on this machine', async (context) => {
  const user = await makeUser(context)
  for (const url of ['http://example.com', 'ftp://example.com', 'https://me:secret@example.com', 'example.com']) {
    const { code, stderr } = await user.run(['apps', 'list', '--base-url', url], {
      environment: variablesFor(server.url, key),
    })

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /--base-url must be an https URL, or http on this machine/)
    assert.ok(!stderr.includes('secret'))
  }
})

test('a token is printed for other programs, and nothing else', async (context) => {
  const user = await makeUser(context)

  const { code, stdout, stderr } = await user.run(['auth', 'token'], { environment: variablesFor(server.url, key) })

  assert.equal(code, 0)
  assert.equal(stderr, '')
  assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/)
  assert.equal((await server.send('GET', '/v1/apps', { token: stdout.trim() })).status, 200)
})

test('a key is found in a folder that a variable names', async (context) => {
  const user = await makeUser(context)
  const folder = join(user.home, 'elsewhere')
  await mkdir(folder)
  await user.saveKey(key, folder)

  const used = await keyUsed(user, ['--issuer-id', key.issuerId], { API_PRIVATE_KEYS_DIR: folder })

  assert.equal(used.keyId, key.id)
})
