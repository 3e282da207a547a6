import { execFile } from 'node:child_process'
import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)

const ROOT = resolve(import.meta.dirname, '../../..')

/** Where `npm run runtimes` puts them, in the versions of the `package.json` there. */
const BROUGHT = 'runtimes/node_modules'

/** Something that runs JavaScript, and has `fetch` and WebCrypto. */
export interface Runtime {
  readonly name: string
  readonly callsItself: RegExp
  /** Where it is in the repository, whichever machine its package is for. */
  readonly file: string
  /** Whether its `fetch` says so when nobody listens. */
  readonly tellsRefusal: boolean
  /** Runs the program of this folder, which lies in another beside the client. Resolves with what it printed. */
  run(path: string, folder: string, settings: string): Promise<string>
}

export const runtimes: readonly Runtime[] = [
  {
    name: 'Node 24',
    callsItself: /^Node\.js\/24$/,
    // npm ci brings it.
    file: 'node_modules/node/bin/{node,node.exe}',
    tellsRefusal: true,
    run: runOnNode,
  },
  {
    name: 'Node 22',
    callsItself: /^Node\.js\/22$/,
    file: `${BROUGHT}/node-*/bin/{node,node.exe}`,
    tellsRefusal: true,
    run: runOnNode,
  },
  {
    name: 'Bun',
    callsItself: /^Bun\//,
    file: `${BROUGHT}/@oven/bun-*/bin/{bun,bun.exe}`,
    tellsRefusal: true,
    run: (bun, folder, settings) => print(bun, ['run', '--no-install', join(folder, 'print-report.js'), settings]),
  },
  {
    name: 'Deno',
    callsItself: /^Deno\//,
    file: `${BROUGHT}/@deno/*/{deno,deno.exe}`,
    tellsRefusal: true,
    run: (deno, folder, settings) =>
      print(deno, ['run', '--no-prompt', '--allow-net=127.0.0.1', join(folder, 'print-report.js'), settings], {
        DENO_DIR: join(folder, 'deno'),
        DENO_NO_UPDATE_CHECK: '1',
        NO_COLOR: '1',
      }),
  },
  {
    name: "workerd, Cloudflare's edge runtime",
    callsItself: /^Cloudflare-Workers$/,
    file: `${BROUGHT}/@cloudflare/workerd-*/bin/{workerd,workerd.exe}`,
    tellsRefusal: false,
    async run(workerd, folder, settings) {
      const config = join(folder, 'workerd.capnp')
      await writeFile(config, configOfWorkerd(settings))
      return print(workerd, ['test', config])
    },
  },
  {
    name: "the context of Vercel's edge runtime",
    callsItself: /^edge-runtime$/,
    file: `${BROUGHT}/@edge-runtime/vm/package.json`,
    tellsRefusal: true,
    async run(manifest, folder, settings) {
      const bundle = join(folder, 'bundle.js')
      const program = { bundle: true, format: 'iife', globalName: 'program' } as const
      await build({ entryPoints: [join(folder, 'use-client.js')], outfile: bundle, ...program })
      return print(process.execPath, [join(folder, 'run-in-edge-vm.js'), manifest, bundle, settings])
    },
  },
]

/** Where the runtime is on this machine; undefined when it was not brought. */
export function findRuntime({ file }: Runtime): string | undefined {
  return globSync(file, { cwd: ROOT }).map((path) => join(ROOT, path))[0]
}

function runOnNode(node: string, folder: string, settings: string): Promise<string> {
  return print(node, [join(folder, 'print-report.js'), settings])
}

/** What hangs is a failure, not an endless run. */
const TIMEOUT_MILLISECONDS = 60_000

async function print(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { env: { ...process.env, ...env }, timeout: TIMEOUT_MILLISECONDS }
  return (await run(file, args, options)).stdout
}

/** The modules go by the names under which they import each other. Nothing but this machine is within reach. */
function configOfWorkerd(settings: string): string {
  return `
    using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [
      (name = "internet", network = (allow = ["local"])),
      (name = "user", worker = (
        compatibilityDate = "2024-09-23",
        modules = [
          (name = "worker.js", esModule = embed "worker.js"),
          (name = "use-client.js", esModule = embed "use-client.js"),
          (name = "@clipflight/client", esModule = embed "node_modules/@clipflight/client/dist/index.js"),
        ],
        bindings = [(name = "settings", json = ${JSON.stringify(settings)})],
      )),
    ]);`
}
