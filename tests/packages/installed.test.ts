import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { installIn, manifestIn, PUBLISHED } from './published.ts'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')
const BIN = join(ROOT, 'node_modules/.bin')

function packagesIn(folder: string): readonly string[] {
  const installed = globSync(['node_modules/*/package.json', 'node_modules/@*/*/package.json'], { cwd: folder })
  return installed.map((path) => manifestIn(join(folder, dirname(path))).name).toSorted()
}

/** Whoever compiles for Node has these. */
async function linkTypesOfNode(folder: string): Promise<void> {
  for (const name of ['@types', 'undici-types']) {
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name), 'dir')
  }
}

/** How a compiler is asked to look into everything. */
const STRICTLY = ['--ignoreConfig', '--strict', '--noEmit', '--skipLibCheck', 'false', '--target', 'es2022']

describe('clipflight, installed with the package it needs and no other,', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipflight-alone-'))
    const needed = PUBLISHED.filter((each) => ['clipflight', '@clipflight/server'].includes(manifestIn(each).name))
    await installIn(folder, needed)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('brings nothing else along', () => {
    assert.deepEqual(packagesIn(folder), ['@clipflight/server', 'clipflight'])
  })

  it('starts a sandbox in a test', async () => {
    const program = `
      import { startSandbox } from 'clipflight/sandbox'
      await using sandbox = await startSandbox()
      await sandbox.fault({ when: { next: 1 }, then: { answer: { status: 409, code: 'STATE_ERROR' } } })
      const refused = await sandbox.client.apps.list().page().catch(({ name, status }) => [name, status])
      const { items } = await sandbox.client.apps.list().page()
      console.log(refused.join(' '), items[0].bundleId, (await sandbox.requests()).length)`

    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })

    assert.equal(stdout, 'ApiError 409 com.example.coffee 2\n')
  })

  it('has types of it that hold, with nothing unresolved', async () => {
    await writeFile(
      join(folder, 'use.mts'),
      `import { startSandbox, type LoggedRequest, type SandboxTeam } from 'clipflight/sandbox'
       await using sandbox = await startSandbox({ seed: 'demo', rateLimit: 'off' })
       const team: SandboxTeam = await sandbox.newTeam()
       await team.fault({ match: { method: 'POST' }, when: { next: 1 }, then: { cut: 'after' } })
       const made = await sandbox.build({ app: 'com.example.coffee', version: '1.5', processing: { seconds: 90 } })
       export const carried: number | undefined = made.bundles[0]?.invocations
       const requests: readonly LoggedRequest[] = await team.requests({ status: '4xx' })
       export const why: string | undefined = requests[0]?.why
       const { items } = await team.client.builds.list({ include: ['app'] }).page()
       export const name: string | undefined = items[0]?.app.name
       export const ahead: number = sandbox.clock.aheadMilliseconds
       // @ts-expect-error -- the types are not any
       export const wrong: number = items[0]?.app.name
       // @ts-expect-error -- a misspelt member is refused
       await team.fault({ wehn: { next: 1 }, then: { cut: 'after' } })
       // @ts-expect-error -- there is no such end of processing
       await sandbox.build({ app: 'a', version: '1', processing: { seconds: 1, result: 'DONE' } })`,
    )
    await linkTypesOfNode(folder)
    for (const resolution of [
      ['--module', 'nodenext'],
      ['--module', 'esnext', '--moduleResolution', 'bundler'],
    ]) {
      const { stdout } = await run(
        join(BIN, 'tsc'),
        ['use.mts', ...STRICTLY, ...resolution, '--lib', 'es2024,esnext.disposable', '--types', 'node'],
        { cwd: folder },
      )
      assert.equal(stdout, '')
    }
  })
})

describe('the types of the sandbox that are published', () => {
  it('are those that the schemas of the control API have', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'clipflight-types-'))
    context.after(() => rm(folder, { recursive: true, force: true }))
    const published = join(ROOT, 'packages/server/dist/sandbox/control.d.ts')
    const names = [...readFileSync(published, 'utf8').matchAll(/^export type (\w+)/gm)].map(([, name = '']) => name)
    const lines = names.map(
      (name) =>
        `export const ${name}: readonly [(one: P.${name}) => S.${name}, (one: S.${name}) => P.${name}] = [(one) => one, (one) => one]`,
    )
    await writeFile(
      join(folder, 'same.mts'),
      [
        `import type * as P from '${published.replace('.d.ts', '.js')}'`,
        `import type * as S from '${join(ROOT, 'packages/control/src/index.ts')}'`,
        ...lines,
      ].join('\n'),
    )

    assert.ok(names.length >= 8)
    const options = [
      '--customConditions',
      'clipflight-source',
      '--allowImportingTsExtensions',
      '--exactOptionalPropertyTypes',
    ]
    const { stdout } = await run(
      join(BIN, 'tsc'),
      ['same.mts', ...STRICTLY, ...options, '--module', 'nodenext', '--lib', 'es2024,dom'],
      { cwd: folder },
    )
    assert.equal(stdout, '')
  })
})

describe('the packages, installed in an empty folder,', () => {
  let folder: string
  const tarballs: string[] = []
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clipflight-packages-'))
    tarballs.push(...(await installIn(folder, PUBLISHED)))
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('bring nothing else along', () => {
    assert.deepEqual(packagesIn(folder), PUBLISHED.map((each) => manifestIn(each).name).toSorted())
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
      import { startSandbox } from 'clipflight/sandbox'
      const client = createClient({ token: () => 'token' })
      console.log(Object.keys(resources).every((type) => type in client), readConfig({}).port, typeof startSandbox)`

    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program], { cwd: folder })

    assert.equal(stdout, 'true 8642 function\n')
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
    await linkTypesOfNode(folder)
    for (const options of [
      ['use.mts', 'serve.mts', '--module', 'nodenext', '--lib', 'es2024,esnext.disposable', '--types', 'node'],
      ['use.mts', '--module', 'nodenext', '--lib', 'es2024,dom', '--types', ''],
      ['use.mts', '--module', 'esnext', '--moduleResolution', 'bundler', '--lib', 'es2022,dom', '--types', ''],
    ]) {
      const { stdout } = await run(join(BIN, 'tsc'), [...STRICTLY, ...options], { cwd: folder })
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
