#!/usr/bin/env node
// Parsed and run by any Node since 14, so that an old one says what is missing instead of failing on syntax:
// no static imports, and the rest of the command in a file of its own.
const NEEDED_MAJOR = 24
const found = process.versions.node

/** Of those that were tried with the options below. */
const LATEST_TRIED_MAJOR = 26

/**
 * Megabytes of each half of the room for new objects, which otherwise grows to 16 however few of them live long; and code
 * is made quick in the thread that runs it, as the C library keeps what other threads took for that.
 */
const SPARING = ['--max-semi-space-size=4', '--no-concurrent-recompilation']

if (Number(found.split('.')[0]) < NEEDED_MAJOR) {
  process.stderr.write(
    `clipflight needs Node.js ${NEEDED_MAJOR} or newer, and this is ${found}. Install a newer one from https://nodejs.org; in a clone of the project, \`npm start\` runs on the one that \`npm ci\` brings.\n`,
  )
  process.exitCode = 1
} else {
  start()
}

function start() {
  const words = process.argv.slice(2)
  const help = readHelp(words)
  if (help === undefined && words[0] === 'serve') spareMemory()
  outlive(process.stdout)
  if (help !== undefined) {
    process.stdout.write(help)
    return
  }
  outlive(process.stderr)
  keepCompiledCode()
  import('./command.ts').then(
    ({ runCommand }) => runCommand(process.argv),
    (error: unknown) => {
      process.stderr.write(`clipflight is not complete: ${String(error)}\n`)
      process.exitCode = 1
    },
  )
}

/**
 * Begins anew as the same process, with options that engines heed only as they begin: what it gains and costs is in
 * docs/decisions/0004-storage.md. Returns where somebody has told Node something of them, where they were not tried, and
 * where it cannot be done.
 */
function spareMemory() {
  const { execArgv, execPath, argv, env } = process
  // Node takes both spellings.
  const told = `${execArgv.join(' ')} ${env['NODE_OPTIONS'] ?? ''}`.replaceAll('_', '-')
  // A debugger would be told of two places to go to.
  if (/semi-space|concurrent-recompilation|--inspect/.test(told)) return
  // Node does not begin with an option that it does not know.
  if (Number(found.split('.')[0]) > LATEST_TRIED_MAJOR) return
  // Windows has nothing like it, and the channel to a parent that has forked would be lost.
  if (typeof process.execve !== 'function' || process.channel) return
  // Where Node was started by the loader of the system, it is the loader; and an update may have taken it away, at which
  // Node breaks off.
  if (!/[/\\]node[^/\\]*$/.test(execPath) || !process.getBuiltinModule('node:fs').existsSync(execPath)) return
  try {
    process.execve(execPath, [execPath, ...SPARING, ...execArgv, ...argv.slice(1)])
  } catch {
    // Node's permissions can forbid it.
  }
}

/**
 * Keeps compiled code between runs: without it every start compiles a megabyte anew. Not in the folder for temporary
 * files, as Node would: others can put theirs there first, and Node does not ask whose code it runs.
 */
function keepCompiledCode() {
  const { enableCompileCache } = process.getBuiltinModule('node:module')
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME = '' } = process.env
  if (NODE_COMPILE_CACHE) {
    enableCompileCache()
    return
  }
  const { isAbsolute, join } = process.getBuiltinModule('node:path')
  const { existsSync, mkdirSync } = process.getBuiltinModule('node:fs')
  try {
    const home = process.getBuiltinModule('node:os').homedir()
    const caches = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(home, '.cache')
    const own = join(caches, 'clipflight')
    // One at a time: where nothing can be made, as in /proc, Node tries for ever to make them all.
    for (const folder of [caches, own]) if (!existsSync(folder)) mkdirSync(folder, 0o700)
    enableCompileCache(own)
  } catch {
    // Users of containers may have no home, or none that can be written to.
  }
}

/**
 * Output that cannot be written ends nothing: changes that are being made are made to their end, and counted. A reader
 * that has seen enough, such as `head`, is no failure; anything else is, and the exit code says so.
 */
function outlive(stream: NodeJS.WriteStream) {
  let isLost = false
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (isLost) return
    isLost = true
    if (code === 'EPIPE') return
    process.once('exit', () => {
      process.exitCode ||= 1
    })
    if (stream === process.stdout) process.stderr.write(`clipflight: the output cannot be written (${String(code)})\n`)
  })
}

/**
 * The help that these words ask for, as the bundle was made with it: there without loading anything. Undefined when they
 * ask for something else, and in a clone that was not built.
 */
function readHelp(words: readonly string[]) {
  const path = words.slice(0, -1)
  if (!/^(-h|--help)$/.test(words[words.length - 1] ?? '') || !path.every((word) => /^[a-z]+$/.test(word))) {
    return undefined
  }
  try {
    const file = new URL(`./help/${['clipflight', ...path].join('-')}.txt`, import.meta.url)
    return process.getBuiltinModule('node:fs').readFileSync(file, 'utf8')
  } catch {
    // The command makes it, or says that there is no such verb.
    return undefined
  }
}
