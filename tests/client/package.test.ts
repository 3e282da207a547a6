import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import * as published from '@clipflight/client'
import { resources } from '@clipflight/contract'
import { build } from 'esbuild'

const ROOT = resolve(import.meta.dirname, '../..')
const DIST = join(ROOT, 'packages/client/dist/index.js')

/** The size of a program that uses the client as its own bundler would make it, in bytes. */
async function gzippedSize(program: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: program.replace('@clipflight/client', DIST), resolveDir: ROOT },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength
}

describe('the package of the client', () => {
  it('is under 15 kB for who only touches invocations, and leaves the other resources out', async () => {
    const names = 'buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations'
    const few = await gzippedSize(
      `import { createClientOf, ${names} } from '@clipflight/client'
       export const client = createClientOf({ ${names} }, { token: () => '' })`,
    )
    const all = await gzippedSize(
      `import { createClient } from '@clipflight/client'
       export const client = createClient({ token: () => '' })`,
    )

    assert.ok(few < 13_000, `${few} bytes`)
    assert.ok(all < 16_000, `${all} bytes`)
    assert.ok(all - few > 2000, `${all} bytes are not much more than ${few}`)
  })

  it('uses nothing that is not on the web, and depends on nothing', async () => {
    const manifest: unknown = JSON.parse(await readFile(join(ROOT, 'packages/client/package.json'), 'utf8'))
    const text = await readFile(DIST, 'utf8')

    assert.ok(typeof manifest === 'object' && manifest !== null && !('dependencies' in manifest))
    assert.doesNotMatch(text, /^import /m)
    assert.doesNotMatch(text, /\b(process|Buffer|require|__dirname)\b\s*[.(]/)
  })

  it('hands out every definition under its name', () => {
    const given: Readonly<Record<string, unknown>> = published
    for (const [type, definition] of Object.entries(resources)) assert.equal(given[type], definition, type)
  })
})
