/** Writes the help of the command and of each of its verbs into a folder, a file each: `clipflight-apps-list.txt`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { createProgram } from '../packages/cli/src/program.ts'
import { VERBS } from '../packages/cli/src/verbs.ts'

const [, , folder] = process.argv
if (folder === undefined) throw new Error('Say which folder the help goes to.')
mkdirSync(folder, { recursive: true })

/** A command's own help, and that of the verbs below it. */
function writeAll(command: Command, path: readonly string[]): void {
  write(command, path)
  for (const verb of command.commands) writeAll(verb, [...path, verb.name()])
}

function write(command: Command, path: readonly string[]): void {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp()
  writeFileSync(join(folder ?? '', `${path.join('-')}.txt`), text)
}

write(await createProgram(() => false), ['clipflight'])
for (const { name } of VERBS) {
  // As a run declares it: the one that is asked for, and of the others their names.
  const program = await createProgram((one) => one === name)
  const command = program.commands.find((one) => one.name() === name)
  if (command !== undefined) writeAll(command, ['clipflight', name])
}
