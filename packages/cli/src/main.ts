#!/usr/bin/env node
// Parsed and run by any Node since 14, so that an old one says what is missing instead of failing on syntax:
// no static imports, and the rest of the command in a file of its own.
const NEEDED_MAJOR = 24
const found = process.versions.node

if (Number(found.split('.')[0]) < NEEDED_MAJOR) {
  process.stderr.write(
    `clipflight needs Node.js ${NEEDED_MAJOR} or newer, and this is ${found}. Install a newer one from https://nodejs.org; in a clone of the project, \`npm start\` runs on the one that \`npm ci\` brings.\n`,
  )
  process.exitCode = 1
} else {
  start()
}

function start() {
  const help = readHelp(process.argv.slice(2))
  if (help !== undefined) {
    process.stdout.write(help)
    return
  }
  // Compiled code is kept between runs: without it every start compiles a megabyte anew.
  process.getBuiltinModule('node:module').enableCompileCache()
  import('./command.ts').then(
    ({ runCommand }) => runCommand(process.argv),
    (error: unknown) => {
      process.stderr.write(`clipflight is not complete: ${String(error)}\n`)
      process.exitCode = 1
    },
  )
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
