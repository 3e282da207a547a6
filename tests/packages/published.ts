import { execFile } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ROOT = resolve(import.meta.dirname, '../..')

export interface Manifest {
  readonly name: string
  readonly private?: boolean
  readonly exports?: unknown
}

export function manifestIn(folder: string): Manifest {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('name' in manifest))
    throw new Error(`${folder} has no name`)
  return { ...manifest, name: String(manifest.name) }
}

/** The folders of our packages that are published: whatever is not private is, and is held to the same. */
export const PUBLISHED = globSync(join(ROOT, 'packages/*/package.json'))
  .map(dirname)
  .filter((folder) => manifestIn(folder).private !== true)

/** Packs packages, installs them in an empty folder, and returns the names of the archives, which stay there. */
export async function installIn(folder: string, packages: readonly string[]): Promise<readonly string[]> {
  const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', folder, ...packages])
  const tarballs = stdout.trim().split('\n')
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  const install = ['install', '--offline', '--no-audit', '--no-fund']
  await run('npm', [...install, ...tarballs.map((name) => `./${name}`)], { cwd: folder })
  return tarballs
}
