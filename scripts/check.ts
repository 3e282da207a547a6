/** Everything that must hold besides the tests: types, lint, format, derived documents, fences, Apple's contract. */
import { spawnSync } from 'node:child_process'

const checks: readonly (readonly [string, readonly string[]])[] = [
  ['types', ['tsc', '-b']],
  ['lint', ['oxlint', '--deny-warnings']],
  ['format', ['oxfmt', '--check']],
  [
    'derived documents are current',
    ['node', '--conditions=clipflight-source', 'scripts/derive-documents.ts', '--check'],
  ],
  ['dependencies between rooms', ['node', 'scripts/check-fences.ts']],
  ['what the console says and wears', ['node', 'scripts/check-words.ts']],
  ["Apple's published contract", ['node', '--conditions=clipflight-source', 'scripts/check-apple.ts']],
]

let failed = 0
for (const [name, [command = '', ...args]] of checks) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  const holds = status === 0
  if (!holds) failed++
  process.stdout.write(`${holds ? 'ok    ' : 'FAILED'} ${name}\n`)
  const said = `${stdout ?? ''}${stderr ?? ''}`.trim()
  if (!holds || said.includes('SKIPPED')) process.stdout.write(`${said}\n`)
}
process.stdout.write(`${checks.length - failed} checks hold, ${failed} do not\n`)
process.exit(failed === 0 ? 0 : 1)
