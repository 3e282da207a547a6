import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test, type TestContext } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { presets } from '@clipflight/control'
import { runClipflight, serve, type Ended, type Serving } from '../serve/run-clipflight.ts'
import { makeUser, type RunOptions, type User } from './command-line.ts'

const EXIT_FAILED = 1
const EXIT_USAGE = 2
const EXIT_NOT_AUTHORISED = 3
const EXIT_NOT_FOUND = 4

interface Controlling {
  readonly user: User
  readonly service: Serving
  /** Runs `clipflight sandbox` in the folder where the service runs. */
  sandbox(line: string, options?: RunOptions): Promise<Ended>
  /** The same, for verbs that must succeed: what they print. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into results of every form
  ask(line: string): Promise<any>
  adminToken(): Promise<string>
}

/** A user with a service in the usual data directory of their folder. */
async function control(context: TestContext, args: readonly string[] = []): Promise<Controlling> {
  const user = await makeUser(context)
  const dataDir = join(user.folder, '.clipflight')
  const service = await serve(context, dataDir, args)
  const sandbox = (line: string, options?: RunOptions) => user.run(['sandbox', ...line.split(' ')], options)
  return {
    user,
    service,
    sandbox,
    async ask(line) {
      const { code, stdout, stderr } = await sandbox(line)
      assert.equal(code, 0, `${line}: ${stderr}`)
      return JSON.parse(stdout)
    },
    async adminToken() {
      return JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8')).adminToken
    },
  }
}

describe('clipflight sandbox', () => {
  test('makes teams with keys that work, and removes them', async (context) => {
    const { user, service, ask, sandbox } = await control(context)

    const made = await ask('teams create tea --seed demo --role DEVELOPER --keys-to keys')
    const [key] = made.keys
    const apps = await user.run([
      'apps',
      'list',
      '--base-url',
      service.greeting.url,
      '--private-key-path',
      key.privateKeyPath,
      '--issuer-id',
      made.issuerId,
    ])

    assert.equal(key.privateKey, undefined)
    assert.equal((await stat(key.privateKeyPath)).mode & 0o777, 0o600)
    assert.deepEqual(key.roles, ['DEVELOPER'])
    assert.equal(JSON.parse(apps.stdout)[0].bundleId, 'com.example.coffee')
    assert.deepEqual(
      (await ask('teams list')).map(({ name }: { name: string }) => name),
      ['Clipflight Demo', 'tea'],
    )
    assert.match(
      (await sandbox('teams delete tea')).stderr,
      /Nobody can be asked here: Remove team 2, 'tea', and everything/,
    )
    assert.equal((await ask('teams delete tea --yes')).deleted.team, 2)
    assert.equal((await sandbox('teams delete tea --yes')).code, EXIT_NOT_FOUND)
  })

  test('asks which team is meant where there are several, and takes a number or a name', async (context) => {
    const { ask, sandbox } = await control(context)
    await ask('teams create tea')

    const { code, stderr } = await sandbox('reset')

    assert.equal(code, EXIT_USAGE)
    assert.match(
      stderr,
      /^clipflight: There are several teams: say which by its number or name, with --team\n {4}1 {2}Clipflight Demo\n {4}2 {2}tea\n/,
    )
    assert.equal((await ask('reset --team tea')).reset.team, 2)
    await ask('teams create tea')
    assert.match((await sandbox('teams delete tea --yes')).stderr, /named 'tea': say which by its number, in the place/)
    assert.match((await sandbox('reset --team tea')).stderr, /named 'tea': say which by its number, with --team\n/)
    assert.equal((await ask('reset --team 1')).reset.team, 1)
  })

  test('makes nothing when the folder for keys cannot be written to', async (context) => {
    const { user, ask, sandbox } = await control(context)
    await writeFile(join(user.folder, 'file'), '')

    const lines = ['teams create tea --keys-to file', 'keys create --keys-to file/below']
    // No file system makes it, and Node's own way to make folders never ends there.
    if (process.platform === 'linux') lines.push('keys create --keys-to /proc/clipflight/keys')
    for (const line of lines) {
      const { code, stderr } = await sandbox(line)
      assert.equal(code, EXIT_FAILED)
      assert.match(
        stderr,
        /^clipflight: The folder \S+ of --keys-to cannot be written to \(E\w+\): nothing was made\n$/,
      )
    }

    assert.equal((await ask('teams list')).length, 1)
    assert.equal((await ask('keys list')).length, 1)
  })

  test('makes keys and revokes them', async (context) => {
    const { ask, sandbox } = await control(context)

    const key = await ask('keys create --role MARKETING --individual')
    await ask(`keys revoke ${key.id} --yes`)

    assert.match(key.privateKey, /^-----BEGIN PRIVATE KEY-----/)
    assert.equal(key.issuerId, null)
    const keys = await ask('keys list')
    assert.deepEqual(
      keys.filter(({ revoked }: { revoked: boolean }) => revoked).map(({ id }: { id: string }) => id),
      [key.id],
    )
    assert.equal((await sandbox('keys revoke NOBODY --yes')).code, EXIT_NOT_FOUND)
  })

  test('adds a build that is processed when the clock has moved on', async (context) => {
    const { user, ask, sandbox } = await control(context)

    const made = await ask('builds add --app com.example.coffee --version 1.5 --processing 10m --result FAILED')
    const state = async () =>
      JSON.parse((await user.run(['builds', 'get', '--local', made.build])).stdout).processingState
    const before = await state()
    await ask('clock freeze')
    const clock = await ask('clock advance 11m')

    assert.equal(made.processingState, 'PROCESSING')
    assert.equal(before, 'PROCESSING')
    assert.ok(clock.frozen)
    assert.equal(await state(), 'FAILED')
    assert.equal((await ask('clock set 2030-01-01T00:00:00Z')).now, '2030-01-01T00:00:00.000Z')
    const { stdout: builds } = await user.run(['builds', 'list', '--local', '--app', 'com.example.coffee'])
    assert.ok(JSON.parse(builds).every((build: { expired: boolean }) => build.expired))
    assert.deepEqual((await ask('clock release')).aheadMilliseconds, 0)
    assert.equal((await ask('clock show')).frozen, false)
    assert.match((await sandbox('clock set soon')).stderr, /^clipflight: <time>: It must be a moment/)
    assert.match(
      (await sandbox('builds add --app com.example.coffee --version 1.5 --processing 500d')).stderr,
      /^clipflight: --processing seconds: It must be 31536000 or less\./,
    )
    assert.match((await sandbox('clock advance 50h -o table')).stdout, /^Ahead +2 d 2 h$/m)
    assert.match((await sandbox('clock advance soon')).stderr, /must be such as 90s, 20m, 1h or 90d, not 'soon'/)
    assert.match(
      (await sandbox('builds add --app a --version 1 --result FAILED')).stderr,
      /--result says how processing ends/,
    )
    assert.equal((await sandbox('builds add --app com.example.nothing --version 1')).code, EXIT_NOT_FOUND)
  })

  test('adds a build with the bundles and the oldest system that are named', async (context) => {
    const { user, ask, sandbox } = await control(context)
    const line = 'builds add --app com.example.coffee --version 2.0 --min-os-version 17.4'

    const made = await ask(`${line} --bundles com.example.coffee,com.example.coffee.Order:APP_CLIP`)
    const build = JSON.parse((await user.run(['builds', 'get', made.build, '--local'])).stdout)
    const wrong = await sandbox(`${line} --bundles com.example.coffee:CLIP`)

    assert.deepEqual(
      made.bundles.map(({ bundleId, bundleType }: Record<string, string>) => [bundleId, bundleType]),
      [
        ['com.example.coffee', 'APP'],
        ['com.example.coffee.Order', 'APP_CLIP'],
      ],
    )
    assert.equal(build.minOsVersion, '17.4')
    assert.equal(wrong.code, EXIT_USAGE)
    assert.match(wrong.stderr, /--bundles must be bundle ids such as .*, not 'com\.example\.coffee:CLIP'/)
  })

  test('goes back to the seed, to a snapshot and to an exported file', async (context) => {
    const { user, ask, sandbox } = await control(context)
    const exported = async () => (await sandbox('export')).stdout

    const seed = await exported()
    await ask('builds add --app com.example.coffee --version 1.5')
    const later = await exported()
    assert.equal((await sandbox('snapshot save later -o table')).stdout, "✓ Saved team 1 as 'later'\n")
    assert.equal(
      (await sandbox('snapshot save later -o table')).stdout,
      "✓ Saved team 1 as 'later', in the place of what had that name\n",
    )
    await ask('reset')
    const reset = await exported()
    await ask('snapshot restore later')

    assert.notEqual(later, seed)
    assert.equal(reset, seed)
    assert.equal(await exported(), later)
    assert.deepEqual(
      (await ask('snapshot list')).map(({ name }: { name: string }) => name),
      ['later'],
    )
    await ask('snapshot delete later --yes')
    assert.deepEqual(await ask('snapshot list'), [])
    assert.equal((await sandbox('snapshot restore later')).code, EXIT_NOT_FOUND)
    const slash = await sandbox('snapshot save a/b')
    assert.equal(slash.code, EXIT_USAGE)
    assert.match(slash.stderr, /^clipflight: <name>: It must be 1 to 64 letters/)

    assert.deepEqual(await sandbox('export --out team.yaml'), {
      code: 0,
      stdout: '',
      stderr: 'Wrote team.yaml. Serve it: clipflight serve --seed team.yaml --data-dir team-data\n',
    })
    assert.match((await sandbox('export --out team.yaml')).stderr, /is there already/)
    await ask('seed none')
    assert.deepEqual(JSON.parse((await user.run(['apps', 'list', '--local'])).stdout), [])
    await ask('seed team.yaml')
    assert.equal(await exported(), later)
    await writeFile(join(user.folder, 'dangling.yaml'), 'teams: [{ name: X, apps: [{ bundleId: 3 }] }]')
    const refused = await sandbox('seed dangling.yaml')
    assert.equal(refused.code, EXIT_USAGE)
    await ask('teams create tea')
    await sandbox('export --out all.yaml')
    const several = await sandbox('seed all.yaml --team 1')
    assert.match(
      several.stderr,
      /^clipflight: all\.yaml: The seed must have one team, and has 2\.\n {2}.*export --team/,
    )
    assert.equal((await sandbox('teams delete tea --yes')).code, 0)
    assert.match(refused.stderr, /^clipflight: dangling\.yaml:1:\d+: .*\n {2}dangling\.yaml:1:\d+: /)
    assert.equal(await exported(), later)
  })

  test('sets faults up by preset and by rule, shows how often they struck, and takes them away', async (context) => {
    const { user, ask, sandbox } = await control(context)
    const list = () => user.run(['apps', 'list', '--local'])
    await writeFile(
      join(user.folder, 'rule.yaml'),
      'match: { method: GET }\nthen: { answer: { status: 409, code: STATE_ERROR, detail: Made up. } }\n',
    )

    const preset = await ask('faults add agreement-missing --path /v1/apps --next 1')
    const rule = await ask('faults add --rule rule.yaml --every 1 --team 1')
    const struck = await list()
    const ruled = await list()

    assert.deepEqual(preset.match, { path: '/v1/apps' })
    assert.deepEqual(preset.when, { next: 1 })
    assert.deepEqual(rule.match, { method: 'GET', team: 1 })
    assert.match(struck.stderr, /agreement/i)
    assert.match(ruled.stderr, /Made up\./)
    const { stdout } = await sandbox('faults list -o table')
    assert.match(stdout, /^ID +PRESET +REQUESTS +WHEN +WHAT +STRUCK\n/)
    assert.match(stdout, /agreement-missing +\/v1\/apps +the next +403 .* 1 of 2, spent\n/)
    assert.match(stdout, /- +GET team 1 +always +409 STATE_ERROR +1 of 1\n/)
    const everywhere = await ask('faults add agreement-missing --path /v1/builds')
    await ask(`faults delete ${preset.id}`)
    assert.deepEqual(
      (await ask('faults list')).map(({ id }: { id: string }) => id),
      [rule.id, everywhere.id],
    )
    assert.deepEqual(await ask('faults delete --all --team 1'), { deleted: { faults: [rule.id] } })
    assert.deepEqual(await ask('faults delete --all'), { deleted: { faults: [everywhere.id] } })
    assert.equal((await list()).code, 0)
    assert.equal((await sandbox('faults delete')).code, EXIT_USAGE)
    assert.equal((await sandbox(`faults delete ${preset.id}`)).code, EXIT_NOT_FOUND)
  })

  test('summons a 429 that other verbs wait out, on this machine too', async (context) => {
    const { user, ask } = await control(context)
    const then = { answer: { status: 429, code: 'RATE_LIMIT_EXCEEDED', headers: { 'retry-after': '0' } } }
    await writeFile(join(user.folder, 'rule.json'), JSON.stringify({ when: { next: 2 }, then }))
    await ask('faults add --rule rule.json')

    const { code } = await user.run(['apps', 'list', '--local'])

    assert.equal(code, 0)
    assert.equal((await ask('faults list'))[0].struck, 2)
  })

  test('lists every preset with what a client sees of it', async (context) => {
    const { ask } = await control(context)

    assert.deepEqual(
      (await ask('faults presets')).map(({ name }: { name: string }) => name),
      presets.map(({ name }) => name),
    )
  })

  test('refuses a fault that is none, and sets nothing up', async (context) => {
    const { user, ask, sandbox } = await control(context)
    await writeFile(join(user.folder, 'typo.json'), '{ "wehn": {}, "then": { "delay": { "milliseconds": 1 } } }')
    await writeFile(join(user.folder, 'no-rule.yaml'), '- 1')
    const mistakes: readonly (readonly [string, RegExp])[] = [
      ['faults add --rule typo.json', /'wehn' is not known here\. Known are: preset, match, when, then\./],
      ['faults add --rule no-rule.yaml', /holds no rule/],
      ['faults add --rule missing.yaml', /There is no missing\.yaml/],
      ['faults add', /Neither a preset nor a rule is named/],
      ['faults add random-401 --rule typo.json', /one of them is meant/],
      ['faults add random-402', /'random-402' is invalid.*random-401/],
      ['faults add slow --next 1 --every 2', /Only one of --next, --every says when it strikes/],
      ['faults add slow --probability 2', /^clipflight: --probability: It must be 1 or less\./],
      ['faults add slow --path v1', /^clipflight: --path: .*'\/'/],
    ]

    for (const [line, expected] of mistakes) {
      const { code, stderr } = await sandbox(line)
      assert.ok(code === 1 || code === EXIT_USAGE, `${line}: ${code}`)
      assert.match(stderr, expected, line)
    }

    assert.deepEqual(await ask('faults list'), [])
  })
})

describe('clipflight sandbox log', () => {
  test('is a JSON object a line in a pipe, and lines with the reason of a refusal on a terminal', async (context) => {
    const { user, service, sandbox } = await control(context)
    await user.run(['apps', 'list', '--local'])
    await fetch(`${service.greeting.url}/v1/builds`, { headers: { authorization: 'Bearer nonsense' } })

    const piped = await sandbox('log')
    const { screen } = await user.terminal(['sandbox', 'log', '--status', '4xx'], { columns: 200 }).ended

    const logged = piped.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(
      logged.map(({ path }) => path),
      ['/v1/apps', '/v1/builds'],
    )
    assert.match(logged[0].answerBody.text, /com\.example\.coffee/)
    const lines = stripVTControlCharacters(screen).replaceAll('\r', '')
    assert.match(
      lines,
      /^\d\d:\d\d:\d\d {2}401 {2}GET {5}\/v1\/builds {2}\d+ ms\n {10}NOT_AUTHORIZED: .*\n {10}why: The token is not a JSON Web Token\.\n/,
    )
    assert.doesNotMatch(lines, /\/v1\/apps/)
  })

  test('is searched as its options say', async (context) => {
    const { user, sandbox } = await control(context)
    await user.run(['apps', 'list', '--local'])
    await user.run(['builds', 'list', '--local', '--app', 'com.example.coffee'])
    const paths = async (line: string) =>
      (await sandbox(line)).stdout.split('\n').flatMap((each) => (each === '' ? [] : [JSON.parse(each).path]))

    assert.deepEqual([...new Set(await paths('log --path /v1/builds'))], ['/v1/builds'])
    assert.equal((await paths('log --limit 1')).length, 1)
    assert.deepEqual(await paths('log --method POST'), [])
    assert.deepEqual(await paths('log --since 2999-01-01T00:00:00Z'), [])
    const all = await paths('log')
    assert.deepEqual(await paths('log --since 1h'), all)
    assert.deepEqual(await paths('log --until 1h'), [])
    await sandbox('clock advance 2h')
    assert.deepEqual(await paths('log --since 1h'), [])
    assert.deepEqual(await paths('log --since 3h --until 1h'), all)
    const none = await sandbox('log --method POST')
    assert.deepEqual([none.code, none.stdout, none.stderr], [0, '', 'No request in the log fits.\n'])
    const nobody = await sandbox('log --key NOBODY')
    assert.equal(nobody.code, EXIT_NOT_FOUND)
    assert.match(nobody.stderr, /^clipflight: There is no key 'NOBODY', nor a request of one\n {2}See .*keys list\n/)
    assert.match((await sandbox('log --path v1/builds')).stderr, /^clipflight: --path must begin with '\/', not 'v1/)
    assert.match((await sandbox('log --status 9')).stderr, /^clipflight: --status: It must be a status such as 404/)
    assert.match((await sandbox('log --until 10x')).stderr, /^clipflight: --until must be a time .*, not '10x'/)
    assert.match((await sandbox('log --limit 0')).stderr, /--limit must be a whole number from 1 to 1000/)
  })

  test('finds what no operation takes, by its method and by the end of its path', async (context) => {
    const { sandbox, service } = await control(context)
    await fetch(`${service.greeting.url}/v1/builds`, { method: 'PUT' })
    const paths = async (line: string): Promise<readonly unknown[]> =>
      (await sandbox(line)).stdout.split('\n').flatMap((each) => (each === '' ? [] : [JSON.parse(each).path]))

    assert.deepEqual(await paths('log --method PUT'), ['/v1/builds'])
    assert.deepEqual(await paths('log --method put --path **/builds'), ['/v1/builds'])
  })

  test('goes on with what is to come, also when the service was started again', async (context) => {
    const { user, service } = await control(context)
    await user.run(['apps', 'list', '--local'])
    const { url, dataDir } = service.greeting
    const following = runClipflight(context, ['sandbox', 'log', '--follow', '--data-dir', dataDir])
    const lines = createInterface({ input: following.process.stdout })[Symbol.asyncIterator]()
    const next = async () => JSON.parse((await lines.next()).value ?? '')
    const notice = async (text: string) => {
      for await (const line of createInterface({ input: following.process.stderr })) if (line.includes(text)) return
    }

    assert.equal((await next()).path, '/v1/apps')
    await fetch(`${url}/v1/builds`)
    assert.equal((await next()).why, 'There is no Authorization header.')
    const gone = notice('the service is gone')
    await service.stop()
    await gone
    // More than it has seen are answered before it is back.
    following.process.kill('SIGSTOP')
    const again = await serve(context, dataDir)
    const paths = ['/v1/apps', '/v1/builds', '/v1/betaGroups']
    for (const path of paths) await fetch(`${again.greeting.url}${path}`)
    following.process.kill('SIGCONT')
    for (const path of paths) assert.equal((await next()).path, path)
  })
})

describe('the service that clipflight sandbox controls', () => {
  test('is named by variables, address and token together', async (context) => {
    const { user, service, adminToken } = await control(context)
    const elsewhere = await makeUser(context)
    const { url } = service.greeting
    const list = (environment: Record<string, string>, ...more: string[]) =>
      elsewhere.run(['sandbox', 'teams', 'list', ...more], { environment })
    const token = { CLIPFLIGHT_ADMIN_TOKEN: await adminToken() }

    assert.equal((await list({ ...token, CLIPFLIGHT_URL: url })).code, 0)
    assert.equal((await list(token, '--url', url)).code, 0)
    assert.equal((await list({}, '--data-dir', join(user.folder, '.clipflight'))).code, 0)
    assert.equal((await list({ CLIPFLIGHT_DATA_DIR: join(user.folder, '.clipflight') })).code, 0)
    const alone = await list({}, '--url', url)
    assert.equal(alone.code, EXIT_USAGE)
    assert.match(alone.stderr, /nothing says its admin token\n.*CLIPFLIGHT_ADMIN_TOKEN/)
    assert.match((await list(token)).stderr, /nothing says which service it is for/)
    assert.match((await list(token, '--url', url, '--data-dir', 'x')).stderr, /Two services are named/)
    assert.match((await list(token, '--url', 'http://elsewhere.example')).stderr, /--url must be an https URL/)
  })

  test('is sent no token that a header cannot hold, which is not repeated', async (context) => {
    const user = await makeUser(context)
    const environment = { CLIPFLIGHT_URL: 'http://127.0.0.1:9', CLIPFLIGHT_ADMIN_TOKEN: 'se\ncret' }

    const { code, stderr } = await user.run(['sandbox', 'clock', 'show'], { environment })

    assert.equal(code, EXIT_USAGE)
    assert.match(stderr, /^clipflight: CLIPFLIGHT_ADMIN_TOKEN holds a space, a line break or the like/)
    assert.doesNotMatch(stderr, /cret/)
  })

  test('is told apart from none, from one that is not controlled, and from one with another token', async (context) => {
    const { user, service, sandbox } = await control(context)
    const elsewhere = await makeUser(context)

    const none = await elsewhere.run(['sandbox', 'teams', 'list'])
    assert.equal(none.code, 1)
    assert.match(none.stderr, /^clipflight: No service is found through .*\n {2}Start one: clipflight serve/)
    const environment = { CLIPFLIGHT_ADMIN_TOKEN: 'wrong-secret' }
    const wrong = await user.run(['sandbox', 'teams', 'list', '--url', service.greeting.url], { environment })
    assert.equal(wrong.code, EXIT_NOT_AUTHORISED)
    assert.doesNotMatch(wrong.stderr, /wrong-secret/)
    await service.stop()
    const gone = await sandbox('teams list')
    assert.equal(gone.code, 1)
    const { port } = new URL(service.greeting.url)
    assert.match(
      gone.stderr,
      new RegExp(
        `cannot be reached: ECONNREFUSED\\n {2}Is the service running\\? .*: clipflight serve --port ${port}\n`,
      ),
    )
    await serve(context, join(user.folder, '.clipflight'), ['--control', 'off'])
    assert.match((await sandbox('teams list')).stderr, /has no control API\n.*--control off/)
  })

  test('is never one that a file in a folder has elsewhere', async (context) => {
    const { service, sandbox, adminToken } = await control(context)
    const path = join(service.greeting.dataDir, 'credentials.json')
    await writeFile(path, JSON.stringify({ url: 'https://evil.example', adminToken: await adminToken() }))

    const { code, stderr } = await sandbox('teams list')

    assert.equal(code, 1)
    assert.match(stderr, /names a service that is not on this machine: https:\/\/evil\.example/)
  })
})
