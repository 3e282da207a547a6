import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, test } from 'node:test'
import { createControlClient } from '@clipflight/control'
import { freshDirectory, runClipflight, serve } from '../serve/run-clipflight.ts'

async function readAdminToken(dataDir: string): Promise<string> {
  const { adminToken } = JSON.parse(await readFile(join(dataDir, 'credentials.json'), 'utf8'))
  return adminToken
}

describe('clipflight serve, controlled', () => {
  test('the admin token is made once, kept for its owner only, and opens the control API', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    const token = await readAdminToken(dataDir)
    const control = createControlClient({ url: first.greeting.url, adminToken: token })

    assert.match(token, /^[\w-]{43}$/)
    assert.equal((await stat(join(dataDir, 'credentials.json'))).mode & 0o777, 0o600)
    assert.equal((await control.listTeams()).teams[0]?.name, 'Clipflight Demo')
    assert.ok(!JSON.stringify(first.greeting).includes(token))
    await first.stop()
    await serve(context, dataDir)
    assert.equal(await readAdminToken(dataDir), token)
  })

  test('the team of the first start can be reset to its seed, after a restart too', async (context) => {
    const dataDir = await freshDirectory(context)
    const first = await serve(context, dataDir)
    const adminToken = await readAdminToken(dataDir)
    const before = createControlClient({ url: first.greeting.url, adminToken })
    const [team] = (await before.listTeams()).teams
    assert.ok(team)
    const seed = await before.exportSeed({ team: team.team })
    await before.createBuild({ team: team.team, app: 'com.example.coffee', version: '9.0' })
    await first.stop()

    const again = await serve(context, dataDir)
    const control = createControlClient({ url: again.greeting.url, adminToken })
    assert.notEqual(await control.exportSeed({ team: team.team }), seed)
    await control.resetTeam({ team: team.team })

    assert.equal(await control.exportSeed({ team: team.team }), seed)
  })

  test('with --control off there is no control API and no admin token', async (context) => {
    const dataDir = await freshDirectory(context)
    const { greeting } = await serve(context, dataDir, ['--control', 'off'])

    const response = await fetch(`${greeting.url}/_clipflight/teams`, { headers: { authorization: 'Bearer x' } })

    assert.equal(response.status, 401)
    assert.equal((await fetch(`${greeting.url}/_clipflight/openapi.json`)).status, 401)
    assert.equal((await fetch(`${greeting.url}/_clipflight/health`)).status, 200)
    assert.equal(await readAdminToken(dataDir), undefined)
  })

  test('another host is let in when it is named, and the seed of faults is the one that was given', async (context) => {
    const dataDir = await freshDirectory(context)
    const { greeting } = await serve(context, dataDir, ['--fault-seed', '42', '--carry-over', 'off'])
    const control = createControlClient({ url: greeting.url, adminToken: await readAdminToken(dataDir) })

    assert.equal((await control.listFaults()).seed, 42)
    const made = await control.createBuild({ team: 1, app: 'com.example.coffee', version: '9.0' })
    assert.equal(
      made.bundles.some(({ invocations }) => invocations > 0),
      false,
    )
  })

  test('a service that is told to end says so to those who follow its requests', async (context) => {
    const dataDir = await freshDirectory(context)
    const { greeting, stop } = await serve(context, dataDir)
    const control = createControlClient({ url: greeting.url, adminToken: await readAdminToken(dataDir) })
    await fetch(`${greeting.url}/v1/apps`)
    const seen = control.followRequests({}, { after: 0 })[Symbol.asyncIterator]()
    assert.equal((await seen.next()).value?.path, '/v1/apps')
    const end = seen.next()

    const { code } = await stop()

    assert.equal(code, 0)
    assert.equal((await end).done, true)
  })

  test('options that make no sense are refused by name', async (context) => {
    for (const args of [
      ['--control', 'maybe'],
      ['--carry-over', 'yes'],
      ['--fault-seed', '-1'],
      ['--allowed-host', 'https://x'],
    ]) {
      const { code, stderr } = await runClipflight(context, ['serve', ...args]).ended
      assert.equal(code, 2)
      assert.match(stderr, new RegExp(`${args[0]} must be`))
    }
  })

  test('with --exit-with-parent the service ends when who started it was killed', async (context) => {
    const dataDir = await freshDirectory(context)
    const main = resolve(import.meta.dirname, '../../packages/cli/dist/main.js')
    const args = ['serve', '--port', '0', '--output', 'json', '--data-dir', dataDir, '--exit-with-parent']
    // Starts the service, shows what it says, and is killed while it waits.
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `require('child_process').spawn(process.execPath, ${JSON.stringify([main, ...args])}, { stdio: 'inherit' })`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const [line] = await once(createInterface({ input: parent.stdout }), 'line')
    const { url } = JSON.parse(String(line))
    assert.equal((await fetch(`${url}/_clipflight/health`)).status, 200)

    parent.kill('SIGKILL')

    // The pipe ends with the last process that holds it: that is the service.
    await once(parent, 'close')
    await assert.rejects(fetch(`${url}/_clipflight/health`))
  })
})
