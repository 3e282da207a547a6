import assert from 'node:assert/strict'
import { mock, test } from 'node:test'

test('the module loads while a test has put timers of its own in place', async () => {
  mock.timers.enable({ apis: ['setImmediate', 'setInterval', 'setTimeout', 'Date'] })
  const { startSandbox } = await import('../../packages/server/src/sandbox/index.ts')
  mock.timers.reset()

  await using sandbox = await startSandbox()

  assert.equal((await sandbox.client.apps.list().page()).items.length, 1)
})
