import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'node_modules/.bin')

interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: unknown
}

function manifestIn(folder: string): Manifest {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('name' in manifest))
    throw new Error(`${folder} has no name`)
  return { ...manifest, name: String(manifest.name) }
}

/** Whatever is not private is published, and held to the same. */
const PUBLISHED = globSync(join(ROOT, 'packages/*/package.json'))
  .map(dirname)
  .filter((folder) => manifestIn(folder).private !== true)

describe('the packages, installed in an empty folder,', () => {
  let folder: string
  const tarballs: string[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipflight-packages-'))
    const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, ...PUBLISHED])
    tarballs.push(...stdout.trim().split('\n'))
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
    const install = ['install', '--offline', '--no-audit', '--no-fund']
    await run('npm', [...install, ...tarballs.map((name) => `./${name}`)], { cwd: folder })
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('bring nothing else along', () => {
    const installed = globSync(['node_modules/*/package.json', 'node_modules/@*/*/package.json'], { cwd: folder })
    const names = installed.map((path) => manifestIn(join(folder, dirname(path))).name)

    assert.deepEqual(names.toSorted(), PUBLISHED.map((each) => manifestIn(each).name).toSorted())
  })

  it('hold no types where nothing can be imported', () => {
    const typed = globSync('node_modules/**/*.d.ts', { cwd: join(folder) }).map((path) => path.split('/dist/')[0] ?? '')
    const importable = PUBLISHED.map(manifestIn).filter((manifest) => manifest.exports !== undefined)

    assert.deepEqual([...new Set(typed)].toSorted(), importable.map(({ name }) => `node_modules/${name}`).toSorted())
  })

  it('can be imported', async () => {
    const program = `
      import { createClient } from '@clipflight/client'
      import { resources } from '@clipflight/contract'
      import { readConfig } from '@clipflight/server'
      const client = createClient({ token: () => 'token' })
      console.log(Object.keys(resources).every((type) => type in client), readConfig({}).port)`

    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })

    assert.equal(stdout, 'true 8642\n')
  })

  it('have a command that runs', async () => {
    const { stdout } = await run(join(folder, 'node_modules/.bin/clipflight'), ['--version'], { cwd: tmpdir() })

    assert.match(stdout, /^\d+\.\d+\.\d+\n$/)
  })

  it('resolve to types that hold, for Node and for bundlers, with and without those of browsers', async () => {
    await writeFile(
      join(folder, 'use.mts'),
      `import { createClient } from '@clipflight/client'
       import { resources } from '@clipflight/contract'
       const client = createClient({ token: () => 'token', fetch })
       const { items } = await client.builds.list({ include: ['app'] }, { signal: AbortSignal.timeout(1) }).page()
       export const name: string | undefined = items[0]?.app.name
       export const type: 'builds' = resources.builds.type
       // @ts-expect-error -- the types are not any
       export const wrong: number = items[0]?.app.name`,
    )
    await writeFile(
      join(folder, 'serve.mts'),
      `import { readConfig, startService } from '@clipflight/server'
       const service = await startService(readConfig({ port: '0' }), { log: (line: string) => void line })
       export const url: string = service.url
       // @ts-expect-error -- the types are not any
       export const wrong: number = service.url`,
    )
    for (const name of ['@types', 'undici-types']) {
      await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'dir')
    }
    const common = ['--ignoreConfig', '--strict', '--noEmit', '--skipLibCheck', 'false', '--target', 'es2022']
    for (const options of [
      ['use.mts', 'serve.mts', '--module', 'nodenext', '--lib', 'es2024,esnext.disposable', '--types', 'node'],
      ['use.mts', '--module', 'nodenext', '--lib', 'es2024,dom', '--types', ''],
      ['use.mts', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom', '--types', ''],
    ]) {
      const { stdout } = await run(join(BIN, 'tsc'), [...common, ...options], { cwd: folder })
      assert.equal(stdout, '')
    }
  })

  it('satisfy publint and arethetypeswrong', async () => {
    for (const tarball of tarballs) {
      const published = await run(join(BIN, 'publint'), ['run', tarball, '--strict'], { cwd: folder })
      assert.match(published.stdout, /All good!/, tarball)
    }
    const withTypes = PUBLISHED.map(manifestIn).filter((manifest) => manifest.exports !== undefined)
    assert.ok(withTypes.length >= 3)
    for (const { name } of withTypes) {
      const tarball = tarballs.find((each) => each.startsWith(`${name.replace('@', '').replace('/', '-')}-`)) ?? ''
      const typed = await run(join(BIN, 'attw'), [tarball, '--profile', 'esm-only', '--format', 'json'], {
        cwd: folder,
      })
      assert.match(typed.stdout, /"types"/, name)
    }
  })
})
