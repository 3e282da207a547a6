import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { firstLineOf } from './findings.ts'
import { bytesIn, installInto, packWorkspace } from './published.ts'
import { say } from './rounds.ts'

/** A package that talks to App Store Connect, installed in a directory of its own. */
export interface ClientPackage {
  readonly name: string
  /** What it is imported by, from `directory`. */
  readonly specifier: string
  readonly directory: string
  /** With its dependencies. */
  readonly installedBytes: number
  /** Of a program that reads, creates, updates and deletes invocations, as a bundler makes it. */
  readonly gzippedBytes: number
  /** The work, ready to run. */
  readonly program: string
}

export interface ClientPackages {
  readonly ours: ClientPackage
  readonly peers: readonly ClientPackage[]
  /** Why others could not be measured. */
  readonly missing: readonly string[]
}

interface Recipe {
  readonly name: string
  readonly specifier: string
  /** What npm is asked to install. */
  readonly source: string
  /** The file of the work. */
  readonly work: string
  /** What a program that only touches invocations takes of it. */
  readonly taken: string
}

const DEFINITIONS = 'buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations'

const PEERS: readonly Recipe[] = [
  {
    name: 'appstore-connect-sdk@2.0.0',
    specifier: 'appstore-connect-sdk',
    source: 'appstore-connect-sdk@2.0.0',
    work: 'with-appstore-connect-sdk.ts',
    taken: `export {
      createClient,
      buildBundlesBetaAppClipInvocationsGetToManyRelated,
      betaAppClipInvocationsCreateInstance,
      betaAppClipInvocationsUpdateInstance,
      betaAppClipInvocationsDeleteInstance
    } from 'appstore-connect-sdk'`,
  },
  {
    name: 'node-app-store-connect-api@5.0.6',
    specifier: 'node-app-store-connect-api',
    source: 'node-app-store-connect-api@5.0.6',
    work: 'with-node-app-store-connect-api.ts',
    taken: `export { api } from 'node-app-store-connect-api'`,
  },
]

/** Packs and installs ours, and installs its peers from the registry; one that cannot be is said to be missing. */
export async function installClients(directory: string): Promise<ClientPackages> {
  const ours = await install(join(directory, 'ours'), {
    name: '@clipflight/client',
    specifier: '@clipflight/client',
    source: packWorkspace('@clipflight/client', directory),
    work: 'with-clipflight.ts',
    taken: `
      import { createClientOf, ${DEFINITIONS} } from '@clipflight/client'
      export const client = createClientOf({ ${DEFINITIONS} }, { token: () => '' })`,
  })
  const peers: ClientPackage[] = []
  const missing: string[] = []
  for (const recipe of PEERS) {
    try {
      peers.push(await install(join(directory, recipe.specifier), recipe))
    } catch (error) {
      missing.push(`${recipe.name}: ${firstLineOf(error)}`)
      say(`NOT MEASURED: ${recipe.name}\n${String(error)}`)
    }
  }
  return { ours, peers, missing }
}

async function install(directory: string, { name, specifier, source, work, taken }: Recipe): Promise<ClientPackage> {
  installInto(directory, [source])
  return {
    name,
    specifier,
    directory,
    installedBytes: bytesIn(join(directory, 'node_modules')),
    gzippedBytes: await gzippedBytesOf(taken, directory),
    program: await buildProgram(work, directory),
  }
}

/** The work as JavaScript beside the package, which it imports as it was installed. */
async function buildProgram(work: string, directory: string): Promise<string> {
  const outfile = join(directory, 'work.mjs')
  const entry = join(import.meta.dirname, 'client-work', work)
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  })
  return outfile
}

async function gzippedBytesOf(contents: string, directory: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: directory },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'silent',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).byteLength
}
