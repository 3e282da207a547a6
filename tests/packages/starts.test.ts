import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'

/** What a new process has loaded once it has imported the file as it is published. */
function loadedBy(file: string): readonly string[] {
  const script = `await import(${JSON.stringify(pathToFileURL(file))}); console.log(JSON.stringify(process.moduleLoadList))`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  assert.equal(stderr, '')
  return JSON.parse(stdout)
}

for (const file of [
  'packages/server/dist/index.js',
  'packages/server/dist/sandbox.js',
  'packages/cli/dist/command.js',
]) {
  test(`${file} loads HTTP, where it does, without Node's own client and its WebSocket`, () => {
    const loaded = loadedBy(file)

    assert.ok(loaded.length > 50)
    assert.deepEqual(
      loaded.filter((name) => name.includes('undici')),
      [],
    )
  })
}
