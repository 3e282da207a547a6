import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createControlClient } from '@clipflight/control'
import { startSandbox } from '../../packages/server/src/sandbox/index.ts'

test('a sandbox is ready to use: a URL, credentials, a client', async () => {
  await using sandbox = await startSandbox()

  const { items } = await sandbox.client.apps.list().page()

  assert.equal(items[0]?.bundleId, 'com.example.coffee')
  assert.match(sandbox.url, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.match(sandbox.credentials.privateKey, /^-----BEGIN PRIVATE KEY-----/)
})

test('several sandboxes in one process share nothing', async () => {
  await using one = await startSandbox()
  await using other = await startSandbox({ seed: 'none' })

  one.clock.set(Date.parse('2030-01-01T00:00:00Z'))
  await one.fault('agreement-missing')

  assert.deepEqual((await other.client.apps.list().page()).items, [])
  assert.equal((await other.requests()).length, 1)
  assert.equal(other.clock.aheadMilliseconds, 0)
})

test('it is seeded, reset, saved, restored and exported without a word over HTTP', async () => {
  await using sandbox = await startSandbox({ seed: 'none' })
  await sandbox.seed('teams: [{ name: X, apps: [{ name: Tea, bundleId: com.example.tea }] }]')
  await sandbox.snapshot('tea')
  await sandbox.build({ app: 'com.example.tea', version: '1.0' })
  const count = async () => (await sandbox.client.builds.list().page()).items.length

  assert.equal(await count(), 1)
  assert.match(await sandbox.export(), /com\.example\.tea/)
  await sandbox.reset()
  assert.equal(await count(), 0)
  await sandbox.build({ app: 'com.example.tea', version: '1.0' })
  await sandbox.restore('tea')
  assert.equal(await count(), 0)
})

test('teams of one sandbox have clients of their own and see only themselves', async () => {
  await using sandbox = await startSandbox()
  const team = await sandbox.newTeam({ seed: 'none' })

  assert.deepEqual((await team.client.apps.list().page()).items, [])
  assert.equal((await sandbox.client.apps.list().page()).items.length, 1)
  assert.equal((await team.requests()).length, 1)
})

test('its client keeps time by its clock', async () => {
  await using sandbox = await startSandbox()
  await sandbox.client.apps.list().page()

  sandbox.clock.advance(24 * 3_600_000)

  assert.equal((await sandbox.client.apps.list().page()).items.length, 1)
})

test('what is wrong with what it is given is said with its place', async () => {
  await using sandbox = await startSandbox()
  const build = { app: 'com.example.coffee', version: '1.5' }

  await assert.rejects(sandbox.build({ ...build, ...JSON.parse('{ "version": 1.5 }') }), /must be text\. \(\/version\)/)
  await assert.rejects(sandbox.build({ ...build, version: '1.4', buildNumber: '42' }), /already exists\. \(\//)
})

test('its control API answers too', async () => {
  await using sandbox = await startSandbox()

  const control = createControlClient({ url: sandbox.url, adminToken: sandbox.adminToken })

  assert.equal((await control.listTeams()).teams[0]?.team, sandbox.team)
})

test('it closes at the end of its block, also while a fault keeps a request waiting', async () => {
  let url: string
  {
    await using sandbox = await startSandbox()
    url = sandbox.url
    await sandbox.fault('never-answers')
    const waiting = sandbox.client.apps.list({}, { timeoutMilliseconds: 300 }).page()
    await assert.rejects(waiting)
  }

  await assert.rejects(fetch(`${url}/v1/apps`))
})

test('a seed that is none is refused, and nothing goes on listening', async () => {
  await assert.rejects(startSandbox({ seed: 'teams: 3' }), /seed:1/)
})

test('what is no moment and no duration leaves the clock as it was', async () => {
  await using sandbox = await startSandbox({ seed: 'none' })
  const wrong: unknown[] = ['90s', 'tomorrow', Number.NaN, Number.POSITIVE_INFINITY, undefined]

  for (const value of wrong) {
    // What a script without types hands over.
    assert.throws(() => Reflect.apply(sandbox.clock.advance, undefined, [value]), /milliseconds/, String(value))
    assert.throws(() => Reflect.apply(sandbox.clock.set, undefined, [value]), /milliseconds/, String(value))
  }

  assert.throws(() => Reflect.apply(sandbox.clock.advance, undefined, ['90s']), /and not '90s'/)
  for (const value of [1e300, -1]) assert.throws(() => sandbox.clock.set(value), /years from 1970 to 9998/)
  assert.equal(sandbox.clock.aheadMilliseconds, 0)
})

test('it can be closed before its block ends, and once more', async () => {
  await using sandbox = await startSandbox({ seed: 'none' })

  await sandbox.close()

  await sandbox.close()
  await assert.rejects(fetch(`${sandbox.url}/v1/apps`))
})

test('once it is closed, its log can be read, and whatever needs more says that it is closed', async () => {
  await using sandbox = await startSandbox({ seed: 'none' })
  const team = await sandbox.newTeam()
  await sandbox.client.apps.list().page()
  await sandbox.close()

  assert.equal((await sandbox.requests()).length, 1)

  for (const ask of [
    () => sandbox.reset(),
    () => sandbox.export(),
    () => sandbox.key(),
    () => sandbox.fault('random401'),
    () => sandbox.snapshot('before'),
    () => sandbox.newTeam(),
    () => team.seed('apps: []'),
  ]) {
    await assert.rejects(ask(), { message: 'The sandbox is closed.' })
  }
})

test('a name that no snapshot can have is refused, and where resets lead stays as it was', async () => {
  await using sandbox = await startSandbox()
  const seeded = await sandbox.export()
  await sandbox.build({ app: 'com.example.coffee', version: '2.0' })

  for (const name of ['', 'a/b', '..']) {
    await assert.rejects(sandbox.snapshot(name), /letters, digits/, name)
    await assert.rejects(sandbox.restore(name), /letters, digits/, name)
  }

  await sandbox.reset()
  assert.equal(await sandbox.export(), seeded)
})

test('what the control API would refuse, a script without types is refused as well', async () => {
  await using sandbox = await startSandbox()
  const ask = (name: 'key' | 'requests' | 'fault' | 'build' | 'seed', value: unknown): Promise<unknown> =>
    Promise.resolve().then(() => Reflect.apply(sandbox[name], undefined, [value]))

  for (const given of [undefined, {}, '', 'team.yaml', './seeds/team.yaml'])
    await assert.rejects(ask('seed', given), { name: 'TypeError', message: /^seed takes .* YAML .* not its name\.$/ })
  await assert.rejects(ask('key', { roles: ['ADMINN'] }), /must be one of: ADMIN/)
  await assert.rejects(ask('requests', { status: '4x' }), /404/)
  await assert.rejects(ask('fault', { wehn: { next: 1 }, then: { answer: { status: 500 } } }), /'wehn' is not known/)
  await assert.rejects(
    ask('build', { app: 'com.example.coffee', version: '2.0', procesing: {} }),
    /'procesing' is not known/,
  )
})

test('an option that there is not, or of the wrong kind, is refused in words', async () => {
  const start = (options: unknown): Promise<unknown> => Reflect.apply(startSandbox, undefined, [options])
  const wrong = (message: RegExp) => (error: unknown) => error instanceof TypeError && message.test(error.message)
  await using sandbox = await startSandbox({ seed: 'none' })
  const newTeam = (options: unknown): Promise<unknown> => Reflect.apply(sandbox.newTeam, undefined, [options])

  await assert.rejects(start({ rateLimit: 'x' }), wrong(/^'rateLimit' of startSandbox must be .+ 1000000000, or 'off'/))
  await assert.rejects(start({ port: 70_000, faultSeed: -1 }), wrong(/^'port' of .+\n'faultSeed' of /))
  await assert.rejects(start({ carryOver: 'no' }), wrong(/must be true or false/))
  await assert.rejects(start(Object.create({ rateLimit: -1 })), wrong(/^'rateLimit' of /))
  await assert.rejects(start({ sed: 'none' }), wrong(/has no option 'sed'. There are: seed, port/))
  for (const none of [null, 'demo', 5, []]) await assert.rejects(start(none), wrong(/takes an object with options/))
  for (const seed of ['', 'dmeo', './team.yaml']) await assert.rejects(start({ seed }), wrong(/'seed' .+ not its name/))
  await assert.rejects(newTeam({ sed: 'none' }), wrong(/newTeam has no option 'sed'. There are: seed\./))
  await assert.rejects(newTeam({ seed: 3 }), wrong(/'seed' of newTeam must be 'demo'/))
})
