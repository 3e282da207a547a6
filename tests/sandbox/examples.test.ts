import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { freshDirectory } from '../serve/run-clipflight.ts'

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
