import { execFileSync, type StdioOptions } from 'node:child_process'
import { lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What npm warns about is not ours to report. */
const QUIET: StdioOptions = ['ignore', 'pipe', 'ignore']

const REPOSITORY = join(import.meta.dirname, '..')

/** The packages as a user would have them after installing. */
export interface Installed {
  /** Of the command. */
  readonly main: string
  readonly serverBytes: number
  readonly bothBytes: number
}

/** Packs what is built, and installs it: first the server alone, then with the command. */
export function installPacked(directory: string): Installed {
  const server = packWorkspace('@clipflight/server', directory)
  const command = packWorkspace('clipflight', directory)
  const alone = join(directory, 'server-alone')
  installInto(alone, [server])
  const both = join(directory, 'with-command')
  installInto(both, [server, command])
  return {
    main: join(both, 'node_modules/clipflight/dist/main.js'),
    serverBytes: bytesIn(join(alone, 'node_modules')),
    bothBytes: bytesIn(join(both, 'node_modules')),
  }
}

/** The tarball of a package, made in that directory. */
export function packWorkspace(workspace: string, directory: string): string {
  mkdirSync(directory, { recursive: true })
  const args = ['pack', '--workspace', workspace, '--pack-destination', directory, '--json', '--ignore-scripts']
  const output: unknown = JSON.parse(execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8', stdio: QUIET }))
  const name = JSON.stringify(output).match(/"filename":"([^"]+)"/)?.[1]
  if (name === undefined) throw new Error(`npm packed no ${workspace}`)
  return join(directory, name)
}

/** Installs packages, by name or file, into a directory of their own. */
export function installInto(directory: string, packages: readonly string[]): void {
  mkdirSync(directory, { recursive: true })
  const args = [
    'install',
    '--prefix',
    directory,
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--ignore-scripts',
    ...packages,
  ]
  execFileSync('npm', args, { cwd: directory, stdio: QUIET })
}

/** What the files take, counted by their length. */
export function bytesIn(path: string): number {
  const status = lstatSync(path)
  if (!status.isDirectory()) return status.size
  return readdirSync(path).reduce((total, name) => total + bytesIn(join(path, name)), 0)
}
