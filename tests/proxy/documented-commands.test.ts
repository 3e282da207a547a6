import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { symlink, writeFile } from 'node:fs/promises'
import { delimiter, join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { freshDirectory } from '../serve/run-clipflight.ts'
import { lacks } from './run-through.ts'

const ROOT = resolve(import.meta.dirname, '../..')
/** The command, and the Node that it needs. */
const BIN = resolve(ROOT, 'node_modules/.bin')

const MANUAL = readFileSync(resolve(ROOT, 'docs/sandbox.md'), 'utf8')

/** Blocks of commands; one that needs software which is nowhere in our tests says so. */
const blocks = [...MANUAL.matchAll(/^```sh(?: needs=(\w+))?\n([^]*?)^```$/gm)].map(([, needs, text = '']) => ({
  needs,
  text,
}))

/** Programs that not every machine has. */
const PROGRAMS = ['curl', 'jq', 'python3', 'keytool']

describe('docs/sandbox.md', () => {
  test('has an example for tests that works', async (context) => {
    const [, program = ''] = /^```js\n([^]*?)^```$/m.exec(MANUAL) ?? []
    const folder = await freshDirectory(context)
    await symlink(resolve(ROOT, 'node_modules'), join(folder, 'node_modules'), 'dir')
    await writeFile(join(folder, 'example.mjs'), program)

    const child = spawn(process.execPath, [join(folder, 'example.mjs')], { stdio: 'inherit' })

    assert.match(program, /startSandbox/)
    assert.deepEqual(await once(child, 'exit'), [0, null])
  })

  for (const { needs, text } of blocks) {
    const missing = PROGRAMS.filter((name) => text.includes(`${name} `)).map((name) =>
      lacks('sh', '-c', `command -v ${name}`),
    )
    const skip = needs === undefined ? (missing.find((each) => each !== false) ?? false) : `SKIPPED: it needs ${needs}`
    test(`has commands that work: ${text.split('\n', 1)[0]}`, { skip }, async (context) => {
      const folder = await freshDirectory(context)
      const child = spawn('sh', ['-e', '-c', text], {
        cwd: folder,
        env: { HOME: folder, PATH: [BIN, process.env['PATH']].join(delimiter) },
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let stderr = ''
      child.stderr.setEncoding('utf8').on('data', (said: string) => (stderr += said))

      const [code] = await once(child, 'close')

      assert.equal(code, 0, stderr)
      assert.doesNotMatch(stderr, /refused|failed|Warning/)
    })
  }
})
