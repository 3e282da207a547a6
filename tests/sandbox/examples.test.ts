import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { pemOf } from '../cli/command-line.ts'
import { freshDirectory } from '../serve/run-clipflight.ts'
import { startServer } from '../support/server.ts'
import { makeBuild } from '../support/teams.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = resolve(ROOT, 'examples/sandbox')

/** As somebody runs it who has the runner: not as a part of this run. */
async function runExample(program: readonly string[], options: Readonly<Record<string, string>> = {}): Promise<string> {
  const { NODE_OPTIONS: _options, NODE_TEST_CONTEXT: _context, ...environment } = process.env
  const { stdout, stderr } = await run(process.execPath, program, {
    cwd: FOLDER,
    env: { ...environment, NO_COLOR: '1', CI: '1', ...options },
  })
  return stdout + stderr
}

test('the example for node:test passes', async () => {
  assert.match(await runExample(['--test', 'node-test.test.mjs']), /pass 3\n.*fail 0\n/)
})

test('the example for Vitest passes', async () => {
  const vitest = resolve(ROOT, 'node_modules/vitest/vitest.mjs')

  assert.match(await runExample([vitest, 'run', '--root', FOLDER, 'vitest.test.mjs']), /Tests +3 passed \(3\)/)
})

test('the example for Jest passes', async (context) => {
  const jest = resolve(ROOT, 'node_modules/jest/bin/jest.js')
  const cacheDirectory = await freshDirectory(context)
  const config = { rootDir: FOLDER, transform: {}, testMatch: ['**/jest.test.mjs'], cacheDirectory }

  const said = await runExample([jest, '--config', JSON.stringify(config)], {
    NODE_OPTIONS: '--experimental-vm-modules',
  })

  assert.match(said, /Tests: +3 passed, 3 total/)
})

test('the script of the examples takes the app of that bundle id, and none whose bundle id begins so', async (context) => {
  const server = await startServer('sqlite')
  context.after(() => server.close())
  const { storage, team, key } = server
  // Made first, so that the service lists it first.
  await makeBuild(storage, team.number, { bundleId: 'com.example.coffee.beans' })
  const { clipBundle } = await makeBuild(storage, team.number, { bundleId: 'com.example.coffee' })
  const given = [
    { baseUrl: server.url, keyId: key.id, issuerId: key.issuerId, privateKey: pemOf(key) },
    { bundleId: 'com.example.coffee', url: 'https://example.com/stamps', title: 'Collect a stamp' },
  ]

  const program = `import { release } from './release.mjs'; await release(...${JSON.stringify(given)})`
  await runExample(['--input-type=module', '--eval', program])

  const { body } = await server.send('GET', `/v1/buildBundles/${clipBundle}/betaAppClipInvocations`)
  assert.equal(body.data.length, 1)
})
