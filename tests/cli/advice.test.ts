import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test, type TestContext } from 'node:test'
import { freshDirectory, serve, type Serving } from '../serve/run-clipflight.ts'
import { makeUser, type RunOptions, type User } from './command-line.ts'

const APP = 'com.example.coffee'

let service: Serving
let dataDir: string

/** What belongs to the suite ends with it. */
const endings: (() => unknown)[] = []

before(async () => {
  const suite = { after: (ending: () => unknown) => void endings.unshift(ending) }
  dataDir = await freshDirectory(suite)
  service = await serve(suite, dataDir)
})

after(async () => {
  for (const ending of endings) await ending()
})

/** Runs a line that fails, and finds what its advice names. */
async function follow(
  user: User,
  line: string,
  options?: RunOptions,
): Promise<{ readonly advised: readonly string[]; readonly stderr: string }> {
  const { code, stderr } = await user.run(line.split(' '), options)
  assert.notEqual(code, 0, line)
  return { advised: [...stderr.matchAll(/clipflight ([a-z].*)$/gm)].map(([, command = '']) => command), stderr }
}

function local(line: string): string {
  return `${line} --data-dir ${dataDir}`
}

describe('a command that advice names', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['reaches the service where the app is missing', 'invocations list', ['apps list']],
    [
      'names the build that was not there, and waits for that one',
      `plan --file file.yaml --build 99`,
      [`builds list --app ${APP}`, `builds wait --app ${APP} --build 99`],
    ],
    [
      'names the version that the build was to be of',
      `builds get 42 --app ${APP} --version 9.9`,
      [`builds list --app ${APP} --version 9.9`, `builds wait --app ${APP} --build 42 --version 9.9`],
    ],
  ]

  for (const [what, line, expected] of cases) {
    test(what, async (context) => {
      const user = await userWithFile(context)

      const { advised, stderr } = await follow(user, local(line))

      assert.deepEqual(
        advised.map((each) => each.split(' ').toSorted()),
        expected.map((each) => local(each).split(' ').toSorted()),
        stderr,
      )
    })
  }

  test('lists the very App Clip that is full', async (context) => {
    const user = await makeUser(context)
    const build = ['--app', APP, '--build', '41']
    const create = (url: string) =>
      user.run(['invocations', 'create', url, '--title', 'en-US=Order', ...build, '--data-dir', dataDir])
    let last = await create('https://coffee.example.com/advice/0')
    for (let index = 1; last.code === 0; index++) last = await create(`https://coffee.example.com/advice/${index}`)

    const [, advised = ''] = /clipflight (invocations list .*)$/m.exec(last.stderr) ?? []
    const listed = await user.run(advised.split(' '))

    assert.match(advised, /--app com\.example\.coffee --build 41/, last.stderr)
    assert.equal(JSON.parse(listed.stdout).length, 3, listed.stderr)
  })

  test('is about the team that was named', async (context) => {
    const user = await userWithFile(context)
    const made = await user.run(local('sandbox teams create tea').split(' '))
    assert.equal(made.code, 0, made.stderr)

    const { advised } = await follow(user, local('sandbox keys revoke NOPE --team tea --yes'))
    const listed = await user.run((advised[0] ?? '').split(' '))

    assert.match(advised[0] ?? '', /^sandbox keys list .*--team tea/)
    assert.equal(listed.code, 0, listed.stderr)
  })

  test('has the name of the profile that is missing, and nothing of the other service', async (context) => {
    const user = await userWithFile(context)

    const { advised } = await follow(user, local(`diff --app ${APP} --with-profile apple`))

    assert.deepEqual(advised, ['auth login --name apple'])
  })

  test('starts the service with the data directory that was named', async (context) => {
    const user = await userWithFile(context)

    for (const line of ['apps list --data-dir d2', 'sandbox clock show --data-dir d2'])
      assert.deepEqual((await follow(user, line)).advised, ['serve --data-dir d2'])
  })

  test('starts a service that has ended where it was, for verbs that ask it and for those that control it', async (context) => {
    const user = await userWithFile(context)
    const ended = await freshDirectory(context)
    const { greeting, stop } = await serve(context, ended)
    await stop()
    const { port } = new URL(greeting.url)

    for (const line of ['apps list', 'sandbox clock show'])
      assert.deepEqual((await follow(user, `${line} --data-dir ${ended}`)).advised, [
        `serve --port ${port} --data-dir ${ended}`,
      ])
  })

  test('takes only the options that it has', async (context) => {
    const user = await userWithFile(context)
    const revoked = await user.run(local('sandbox keys create tmp --team 1 --keys-to keys -o json').split(' '))
    const { id } = JSON.parse(revoked.stdout)
    const flags = `--base-url ${service.greeting.url} --private-key-path keys/AuthKey_${id}.p8 --issuer-id wrong`

    const { advised, stderr } = await follow(user, `apps list ${flags}`)

    assert.deepEqual(advised, [`sandbox log --status 401 --url ${service.greeting.url}`], stderr)
  })

  test('leads to the log of the service that refused a key, wherever that was found', async (context) => {
    const user = await userWithFile(context)
    const { keyId, privateKeyPath, url } = service.greeting
    const refused = `apps list --key-id ${keyId} --private-key-path ${privateKeyPath} --base-url ${url}`
    const { adminToken } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
    const surroundings: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
      ['sandbox log --status 401', { CLIPFLIGHT_DATA_DIR: dataDir }],
      [`sandbox log --status 401 --url ${url}`, { CLIPFLIGHT_ADMIN_TOKEN: adminToken }],
    ]

    for (const [expected, environment] of surroundings) {
      const { advised } = await follow(user, refused, { environment })
      const log = await user.run((advised[0] ?? '').split(' '), { environment })

      assert.deepEqual(advised, [expected])
      assert.match(log.stdout, /"status":401/, log.stderr)
    }
  })
})

test('a file that init wrote elsewhere is planned from there, on the build that it was written from', async (context) => {
  const user = await makeUser(context)

  const written = await user.run(local(`init --app ${APP} --build 41 --file other.yaml`).split(' '))

  const [, command = ''] = /`clipflight (plan .*)` now finds nothing to change/.exec(written.stderr) ?? []
  assert.match(command, /--file other\.yaml .*--build 41/)
  assert.match((await user.run(command.split(' '))).stdout, /No changes/)
})

async function userWithFile(context: TestContext): Promise<User> {
  const user = await makeUser(context)
  const { code, stderr } = await user.run(local(`init --app ${APP} --file file.yaml`).split(' '))
  assert.equal(code, 0, stderr)
  return user
}
