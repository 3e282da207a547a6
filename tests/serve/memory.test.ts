import assert from 'node:assert/strict'
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { COMMAND, freshDirectory, runClipflight, serve } from './run-clipflight.ts'

/** What a process was begun with, as it is now. Slim Linux systems have no `ps`. */
function wordsOf(pid: number | undefined): string {
  return process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
}

const isWindows = process.platform === 'win32' && 'Windows has no execve'

describe('the memory of clipflight serve', { skip: isWindows }, () => {
  test('is held down by options of Node, in the process that was started', async (context) => {
    const running = await serve(context, await freshDirectory(context))

    assert.match(wordsOf(running.process.pid), / --max-semi-space-size=4 --no-concurrent-recompilation /)
    assert.equal((await running.stop()).code, 0)
  })

  for (const told of ['--max-semi-space-size=32', '--max_semi_space_size=32']) {
    test(`is what Node was told it may be with ${told}`, async (context) => {
      const args = ['serve', '--port', '0', '--output', 'json', '--data-dir', await freshDirectory(context)]
      const running = runClipflight(context, args, { environment: { NODE_OPTIONS: told } })
      await running.firstLine()

      assert.doesNotMatch(wordsOf(running.process.pid), /semi-space|recompilation/)
    })
  }

  test('is left to Node where its permissions forbid to begin anew', async (context) => {
    const permissions = '--permission --allow-fs-read=* --allow-fs-write=* --allow-addons'
    const args = ['serve', '--port', '0', '--output', 'json', '--data-dir', await freshDirectory(context)]
    const running = runClipflight(context, args, { environment: { NODE_OPTIONS: permissions } })

    assert.match(await running.firstLine(), /"url"/)
  })

  test('costs a parent that forks it nothing: the channel between them stays', async (context) => {
    const args = ['serve', '--port', '0', '--output', 'json', '--data-dir', await freshDirectory(context)]
    const child = fork(COMMAND, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
    context.after(() => child.kill('SIGKILL'))
    assert.ok(child.stdout !== null)
    await once(child.stdout, 'data')

    assert.equal(child.connected, true)
    assert.doesNotMatch(wordsOf(child.pid), /semi-space|recompilation/)
  })
})
