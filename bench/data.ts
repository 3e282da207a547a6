import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { serve } from './clipflight.ts'
import { ID, type Ids } from './load.ts'

const FILLER = join(import.meta.dirname, 'fill-database.ts')

/** Of the app that everything belongs to. */
export const APP_BUNDLE_ID = 'com.example.bench'

/** What a database is to hold. */
export interface Contents {
  /** Three on a bundle. */
  readonly invocations: number
  /** Of each invocation; three unless said. */
  readonly titles?: number
  /** Builds whose bundle has no invocation yet. */
  readonly emptyBundles: number
}

/** A directory of data that the service can be started on. */
export interface Data {
  readonly dataDir: string
  /** Of all invocations. */
  readonly invocations: Ids
  /** Of the bundles without invocations. */
  readonly emptyBundles: Ids
  readonly seconds: number
  readonly bytes: number
}

/** The service makes the database and its key; the rows go in through the seam of its storage. */
export async function makeData(directory: string, contents: Contents): Promise<Data> {
  mkdirSync(directory, { recursive: true })
  const dataDir = join(directory, 'data')
  const started = performance.now()
  let keyId: string
  {
    await using server = await serve(dataDir)
    keyId = server.keyId
  }
  const work = JSON.stringify({ ...contents, dataDir, keyId, directory })
  execFileSync(process.execPath, ['--conditions=clipflight-source', FILLER, work], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  return {
    dataDir,
    invocations: idsIn(join(directory, 'invocations')),
    emptyBundles: idsIn(join(directory, 'empty-bundles')),
    seconds: (performance.now() - started) / 1000,
    bytes: statSync(join(dataDir, 'clipflight.sqlite')).size,
  }
}

function idsIn(file: string): Ids {
  return { file, count: statSync(file).size / ID.length }
}

export function firstId({ file }: Ids): string {
  return readFileSync(file, 'latin1').slice(0, ID.length)
}
