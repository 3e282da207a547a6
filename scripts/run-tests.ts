/**
 * Runs every test file in processes of their own, with one PostgreSQL server for all of them, and ends in the
 * line `N passed, N failed`. Names given as arguments narrow the files: `npm test -- storage paging`.
 */
import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startPostgres } from '../tests/databases.ts'

const wanted = process.argv.slice(2)
const files = globSync('tests/**/*.test.ts').filter(
  (file) => wanted.length === 0 || wanted.some((name) => file.includes(name)),
)
if (files.length === 0) {
  process.stderr.write(`No test file matches ${wanted.join(', ')}\n`)
  process.exit(1)
}

const usesPostgres = process.env.DATABASES?.split(',').includes('postgres') ?? true
const postgres = usesPostgres && process.env.CLIPFLIGHT_TEST_POSTGRES === undefined ? await startPostgres() : undefined
if (postgres !== undefined) process.env.CLIPFLIGHT_TEST_POSTGRES = postgres.url

/** A file that hangs is a failure, not an endless run. */
const FILE_TIMEOUT_MILLISECONDS = 300_000

let passed = 0
let failed = 0
let skipped = 0
const stream = run({
  files,
  concurrency: Math.max(2, availableParallelism()),
  execArgv: ['--conditions=clipflight-source'],
  timeout: FILE_TIMEOUT_MILLISECONDS,
})
stream.on('test:pass', ({ details, skip }) => {
  if (details.type === 'suite') return
  if (skip === undefined || skip === false) passed++
  else skipped++
})
stream.on('test:fail', ({ details }) => {
  if (details.type !== 'suite') failed++
})
stream.compose(spec).pipe(process.stdout)
await new Promise<void>((resolve) => {
  stream.on('end', () => resolve())
})
await postgres?.stop()
// The report is piped; the closing line must come behind it.
await new Promise<void>((resolve) => setImmediate(resolve))
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}\n`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
