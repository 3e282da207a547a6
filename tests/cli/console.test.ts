import assert from 'node:assert/strict'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openBrowser } from '../console/start-console.ts'
import { serve } from '../serve/run-clipflight.ts'
import { makeUser, type User } from './command-line.ts'

/** What an address signs in with. */
function codeOf(text: string, url: string): string {
  const [, origin, code = ''] = /^(http:\/\/\S+)\/console\/sign-in#code=([\w-]+)$/m.exec(text) ?? []
  assert.equal(origin, url)
  return code
}

async function started(context: Parameters<typeof makeUser>[0], args: readonly string[] = []) {
  const user = await makeUser(context)
  const { greeting } = await serve(context, join(user.folder, '.clipflight'), args)
  return { user, url: greeting.url }
}

/** Stands in for what opens addresses on this system, and writes down which. */
async function withOpener(
  user: User,
): Promise<{ readonly environment: Record<string, string>; opened: () => Promise<string> }> {
  const bin = join(user.home, 'bin')
  const file = join(user.home, 'opened')
  await mkdir(bin)
  for (const name of ['xdg-open', 'open']) {
    await writeFile(join(bin, name), `#!/bin/sh\nprintf '%s' "$1" >"${file}.part" && mv "${file}.part" "${file}"\n`, {
      mode: 0o755,
    })
  }
  return {
    environment: { PATH: `${bin}:${user.environment['PATH']}` },
    opened: () => readFile(file, 'utf8').catch(() => ''),
  }
}

describe('clipflight console', () => {
  test('prints an address that signs an admin in, once', async (context) => {
    const { user, url } = await started(context)
    const { environment, opened } = await withOpener(user)

    const { code, stdout, stderr } = await user.run(['console'], { environment })

    assert.equal(code, 0)
    assert.equal(stderr, '')
    const signIn = { code: codeOf(stdout, url) }
    assert.equal((await openBrowser(url).control().signIn(signIn)).kind, 'admin')
    await assert.rejects(openBrowser(url).control().signIn(signIn), { status: 401 })
    // Nobody looks on.
    assert.equal(await opened(), '')
  })

  test('prints the address that the service is known by, where it was told one that has its pages', async (context) => {
    const known = await started(context, ['--public-url', 'http://studio.example:8642'])
    codeOf((await known.user.run(['console'])).stdout, 'http://studio.example:8642')

    const below = await started(context, ['--public-url', 'http://studio.example/asc'])
    codeOf((await below.user.run(['console'])).stdout, below.url)
  })

  test(
    'opens it on a terminal, unless told not to or in CI',
    { skip: process.platform === 'win32' },
    async (context) => {
      const { user, url } = await started(context)
      const { environment, opened } = await withOpener(user)

      for (const [args, more] of [
        [['--print'], {}],
        [[], { CI: 'true' }],
      ] as const) {
        const { screen } = await user.terminal(['console', ...args], {
          environment: { ...environment, ...more },
          columns: 200,
        }).ended
        codeOf(screen.replaceAll('\r', ''), url)
        assert.equal(await opened(), '')
      }
      const { code, screen } = await user.terminal(['console'], { environment, columns: 200 }).ended
      assert.equal(code, 0)
      const shown = codeOf(screen.replaceAll('\r', ''), url)

      while ((await opened()) === '') await new Promise((resolve) => setImmediate(resolve))
      assert.equal(codeOf(await opened(), url), shown)
    },
  )

  test('says when there is no console, no control API or no service', async (context) => {
    const { user } = await started(context, ['--console', 'off'])
    const none = await user.run(['console'])
    assert.equal(none.code, 1)
    assert.match(none.stderr, /has no console/)

    const other = await started(context, ['--control', 'off'])
    const off = await other.user.run(['console'])
    assert.equal(off.code, 1)
    assert.match(off.stderr, /no control API/)

    const nobody = await (await makeUser(context)).run(['console'])
    assert.notEqual(nobody.code, 0)
    assert.match(nobody.stderr, /clipflight serve/)
  })
})
