/**
 * Makes what is published and run: the server with everything it needs in it, so that installing it brings no
 * other packages, the client likewise, and the command, which loads the server when it is asked to serve.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  globSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild'
import { bringClientTypes, bringSandboxTypes } from './bring-types-along.ts'

const SERVER = 'packages/server'
const CLI = 'packages/cli'
const CLIENT = 'packages/client'

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  conditions: ['clipflight-source'],
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  // Names stay as they are: stack traces are for reading, and shorter ones start no faster (measured).
  minifySyntax: true,
  minifyWhitespace: true,
} as const satisfies BuildOptions

/** Packages that are not ESM ask for `require`, which modules do not have. */
const REQUIRE = `import { createRequire as createRequireOfModule } from 'node:module';const require = createRequireOfModule(import.meta.url);`

/** The command begins with a file that any Node can read; the rest stays a file of its own behind it. */
const restOfCommand: Plugin = {
  name: 'rest of the command',
  setup({ onResolve }) {
    onResolve({ filter: /\/command\.ts$/ }, () => ({ path: './command.js', external: true }))
  },
}

/**
 * Fastify loads compilers of JSON Schema and HTTP/2 whether they are used or not. Here they are not: requests are
 * read by the contract, over HTTP/1.1. Without them the server starts 30 ms sooner and is 400 kB smaller (measured).
 */
const unusedPartsOfFastify: Plugin = {
  name: 'unused parts of Fastify',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(@fastify\/(ajv|fast-json-stringify)-compiler|node:http2)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents: `module.exports = () => () => { throw new Error('${path} is left out of the bundle') }`,
      loader: 'js',
    }))
  },
}

/**
 * Modules that import `node:http` get all that it exports read beforehand, and with it WebSocket, for which Node loads
 * the whole of undici: 16 ms of every start of the service (measured). What is asked for as here is read by itself.
 */
const httpWithoutUndici: Plugin = {
  name: 'node:http without undici',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http$/ }, ({ kind }) =>
      kind === 'import-statement' ? { path: 'node:http', namespace: 'as-it-is-read' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'as-it-is-read' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('${path}')`,
      loader: 'js',
    }))
  },
}

const server = await build({
  ...common,
  entryPoints: { index: `${SERVER}/src/index.ts`, sandbox: `${SERVER}/src/sandbox/index.ts` },
  outdir: `${SERVER}/dist`,
  // What only a first start or PostgreSQL needs is loaded then.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  // pg asks for it and does without.
  external: ['pg-native'],
  define: { READY_SQLITE_SCHEMA: JSON.stringify(outputOf('scripts/write-sqlite-schema.ts')) },
  plugins: [unusedPartsOfFastify, httpWithoutUndici],
  banner: { js: REQUIRE },
})
removeOldChunks(`${SERVER}/dist/chunks`, server.metafile)
for (const entry of ['index', 'sandbox'])
  refuseAtStart(server.metafile, `${SERVER}/dist/${entry}.js`, ['typebox', 'pg', 'node:http', 'http'])
writeLicenses(server.metafile, `${SERVER}/dist/LICENSES.txt`)
copyAssets()

await build({
  ...common,
  entryPoints: [`${CLIENT}/src/index.ts`],
  outfile: `${CLIENT}/dist/index.js`,
  platform: 'neutral',
  target: 'es2022',
  // Who bundles the client leaves out what it does not use by the marks of pure calls, which are comments.
  minifyWhitespace: false,
})
bringClientTypes()
bringSandboxTypes()

await build({
  ...common,
  entryPoints: [`${CLI}/src/main.ts`],
  outdir: `${CLI}/dist`,
  target: 'node14',
  plugins: [restOfCommand],
})
/** Commander can run verbs as programs of their own; ours never are, and every start is 2 ms sooner without (measured). */
const unusedPartOfCommander: Plugin = {
  name: 'unused part of Commander',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/commander/') ? { path, namespace: 'left-out' } : undefined,
    )
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'export default {}', loader: 'js' }))
  },
}

const command = await build({
  ...common,
  entryPoints: [`${CLI}/src/command.ts`, `${CLI}/src/sandbox.ts`],
  outdir: `${CLI}/dist`,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  external: ['@clipflight/server'],
  plugins: [unusedPartOfCommander],
  banner: { js: REQUIRE },
})
removeOldChunks(`${CLI}/dist/chunks`, command.metafile)
writeLicenses(command.metafile, `${CLI}/dist/LICENSES.txt`)
cpSync('docs/clipflight.schema.json', `${CLI}/dist/clipflight.schema.json`)
chmodSync(`${CLI}/dist/main.js`, 0o755)
linkCommand()
writeHelp()

/** `npm ci` leaves commands out whose files are not there yet, as in a fresh clone. */
function linkCommand(): void {
  const link = 'node_modules/.bin/clipflight'
  if (process.platform !== 'win32' && !existsSync(link)) symlinkSync('../clipflight/dist/main.js', link)
}

/** What `--help` prints, of the program and of each verb: made of the declarations, it takes twice as long to come. */
function writeHelp(): void {
  rmSync(`${CLI}/dist/help`, { recursive: true, force: true })
  outputOf('scripts/write-help.ts', `${CLI}/dist/help`)
}

/** What a script of ours prints. It runs from source, in a process of its own. */
function outputOf(script: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=clipflight-source', script, ...args], {
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${script} has failed: ${stderr}`)
  return stdout
}

/** Removes what an earlier run made and this one did not: a service that runs meanwhile loses nothing of the others. */
function removeOldChunks(folder: string, metafile: Metafile): void {
  const made = new Set(Object.keys(metafile.outputs))
  for (const file of globSync(`${folder}/*`).filter((each) => !made.has(each))) rmSync(file)
}

/** Packages and modules that a start is said to do without: one import of a wrong name is enough to load them all the same. */
function refuseAtStart({ outputs }: Metafile, entry: string, packages: readonly string[]): void {
  if (outputs[entry] === undefined) throw new Error(`${entry} was not made`)
  const loaded = new Set([entry])
  // A set hands out what is added to it on the way.
  for (const file of loaded) {
    const { imports = [], inputs = {} } = outputs[file] ?? {}
    for (const { path } of imports.filter(({ kind }) => kind === 'import-statement')) {
      if (packages.includes(path)) throw new Error(`${entry} loads ${path} at once, in ${file}`)
      loaded.add(path)
    }
    for (const input of Object.keys(inputs)) {
      const found = packages.find((name) => input.includes(`node_modules/${name}/`))
      if (found !== undefined) throw new Error(`${entry} loads ${found} at once: ${input} is in ${file}`)
    }
  }
}

/** Files of the reference page, which the server answers from beside itself. */
function copyAssets(): void {
  const names = [
    'swagger-ui.css',
    'swagger-ui-bundle.js',
    'favicon-32x32.png',
    'LICENSE',
    'NOTICE',
    'swagger-ui-bundle.js.LICENSE.txt',
  ]
  for (const name of names) cpSync(`node_modules/swagger-ui-dist/${name}`, `${SERVER}/dist/docs-assets/${name}`)
  cpSync(`${SERVER}/reference/start.js`, `${SERVER}/dist/docs-assets/start.js`)
}

/** The licenses of everything that is inside, as they ask for. */
function writeLicenses(metafile: Metafile, path: string): void {
  const folders = new Set(
    Object.keys(metafile.inputs).flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []),
  )
  const texts = [...folders].toSorted().map((folder) => {
    const manifest = readManifest(folder)
    const file = globSync(`${folder}/{LICENSE,LICENCE,license,licence}*`).find((each) => statSync(each).isFile())
    const text =
      file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trim() : `License: ${manifest.license}`
    return `${manifest.name} ${manifest.version}\n\n${text}\n`
  })
  writeFileSync(path, texts.join(`\n${'-'.repeat(80)}\n\n`))
}

function readManifest(folder: string): { readonly name: string; readonly version: string; readonly license: string } {
  const manifest: unknown = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const read = (name: string): string =>
    typeof manifest === 'object' && manifest !== null
      ? String(new Map<string, unknown>(Object.entries(manifest)).get(name) ?? '')
      : ''
  return { name: read('name'), version: read('version'), license: read('license') }
}
