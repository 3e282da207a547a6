import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { after, before, describe, test, type TestContext } from 'node:test'
import { startServer, type TestServer } from '../support/server.ts'
import { COMMAND, variablesFor } from './command-line.ts'
import { makeProject, type Project } from './project.ts'

const INVOCATIONS = {
  'https://example.com/a': { 'en-US': 'A' },
  'https://example.com/b': { 'en-US': 'B' },
  'https://example.com/c': { 'en-US': 'C' },
}

let server: TestServer

before(async () => {
  server = await startServer('sqlite')
})

after(() => server.close())

/** Runs the command within a line of the shell, where it is `"$@"`. The line ends with what is its exit code. */
async function runWithin(context: TestContext, line: string, { user }: Project, args: readonly string[]) {
  const child = spawn('bash', ['-c', line, 'bash', process.execPath, COMMAND, ...args], {
    cwd: user.folder,
    env: { ...user.environment, ...variablesFor(server.url, server.key) },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  context.after(() => child.kill('SIGKILL'))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const [code] = await once(child, 'close')
  return { code: Number(code), stderr }
}

const APPLY = ['apply', '--auto-approve', '--output', 'text']

describe('output that nobody takes', () => {
  test('stops no apply half-way when its reader has seen enough', async (context) => {
    const project = await makeProject(context, server)
    await project.write(INVOCATIONS)

    const { code, stderr } = await runWithin(context, '"$@" | true; exit "${PIPESTATUS[0]}"', project, APPLY)

    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(await project.has(), INVOCATIONS)
  })

  test('leaves the exit code of a failure what it is', async (context) => {
    const project = await makeProject(context, server)

    const { code } = await runWithin(context, '"$@" 2>&1 | true; exit "${PIPESTATUS[0]}"', project, ['plan'])

    assert.equal(code, 1)
  })

  test(
    'stops no apply half-way when the disk is full, and is a failure',
    { skip: !existsSync('/dev/full') },
    async (context) => {
      const project = await makeProject(context, server)
      await project.write(INVOCATIONS)

      const { code, stderr } = await runWithin(context, '"$@" > /dev/full', project, APPLY)

      assert.deepEqual([code, stderr], [1, 'clipflight: the output cannot be written (ENOSPC)\n'])
      assert.deepEqual(await project.has(), INVOCATIONS)
    },
  )

  test('is a failure of help too, and none of ours', { skip: !existsSync('/dev/full') }, async (context) => {
    const project = await makeProject(context, server)

    const { code, stderr } = await runWithin(context, '"$@" > /dev/full', project, ['--help'])

    assert.deepEqual([code, stderr], [1, 'clipflight: the output cannot be written (ENOSPC)\n'])
  })
})
