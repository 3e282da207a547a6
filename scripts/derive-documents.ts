/** Writes what derives from the code into `docs/`. With `--check`, only says which file is not current. */
import { readFileSync, writeFileSync } from 'node:fs'
import { CONTRACT_VERSION, openApiDocument, renderCoverage } from '@clipflight/contract'
import { fileSchemaText } from '../packages/plan/src/file/file-schema.ts'
import { probesTable } from '../packages/cli/src/probes/all-probes.ts'
import { seedSchemaText } from '../packages/server/src/seed/seed-schema.ts'
import { unverifiedTable } from './collect-unverified.ts'
import { problemsOfDocument } from './validate-openapi.ts'

const PACKAGE = 'packages/contract/package.json'

const document = openApiDocument()
const derived = new Map([
  ['docs/openapi.json', `${JSON.stringify(document, undefined, 2)}\n`],
  ['docs/coverage.md', renderCoverage()],
  ['docs/seed.schema.json', seedSchemaText()],
  ['docs/clipflight.schema.json', fileSchemaText()],
  ['docs/fidelity.md', withGuesses(readFileSync('docs/fidelity.md', 'utf8'))],
])

const problems = [...problemsOfDocument(document), ...problemsOfVersion()]
if (process.argv.includes('--check')) problems.push(...staleFiles())
else if (problems.length === 0) for (const [file, text] of derived) writeFileSync(file, text)

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.stdout.write(problems.length === 0 ? `${[...derived.keys()].join(', ')}: current\n` : '')
process.exit(problems.length === 0 ? 0 : 1)

/** What the contract says twice because it can read no files. */
function problemsOfVersion(): string[] {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string }
  return version === CONTRACT_VERSION ? [] : [`CONTRACT_VERSION is ${CONTRACT_VERSION}, but ${PACKAGE} has ${version}`]
}

/** The page with its list of guesses as the code has them, and of the probes that ask about some. */
function withGuesses(page: string): string {
  return replaceDerived(replaceDerived(page, 'unverified', unverifiedTable()), 'probes', probesTable())
}

function replaceDerived(page: string, name: string, text: string): string {
  return page.replace(
    new RegExp(`(<!-- derived: ${name} -->\\n)[^]*?(<!-- end -->)`),
    (_, start: string, end: string) => `${start}\n${text}\n\n${end}`,
  )
}

function staleFiles(): string[] {
  return [...derived]
    .filter(([file, text]) => readCurrent(file) !== text)
    .map(([file]) => `${file} is stale: run npm run derive`)
}

function readCurrent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    // A file that is not there yet is as stale as one that differs.
    return undefined
  }
}
