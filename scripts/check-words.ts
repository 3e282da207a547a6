/** Finds what no page of the console says or wears: messages without a speaker, and classes without an element. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const CONSOLE = 'packages/console/src'

/** Names of messages come from here too, where a page says a word for each value of something. */
const VOCABULARY = ['packages/contract/src', 'packages/control/src', 'packages/plan/src']

const problems: string[] = []
const sources = new Map(globSync(`${CONSOLE}/**/*.{ts,tsx}`).map((file) => [file, readFileSync(file, 'utf8')]))
const vocabulary = VOCABULARY.flatMap((folder) => globSync(`${folder}/**/*.ts`)).map((file) =>
  readFileSync(file, 'utf8'),
)

for (const [file, text] of sources) {
  if (!text.includes('defineMessages(\n')) continue
  const [english = ''] = text.split('\n  {\n    de: {\n')
  const room = dirname(file)
  const speakers = [...sources].filter(
    ([other, source]) => other !== file && (dirname(other) === room || imports(other, source, file)),
  )
  const spoken = speakers.map(([, source]) => source)
  // Whoever says a message by another name than its own says words of a vocabulary.
  const isOpen = spoken.some((source) => /\bsay\w*\((?!')/.test(source))
  for (const [, name = ''] of english.matchAll(/^ {4}'?(\w+)'?:/gm)) {
    const isSaid =
      spoken.some((source) => isIn(source, name)) ||
      spoken.some((source) => [...source.matchAll(/\$\{\w+\}(\w+)`/g)].some(([, end = '']) => name.endsWith(end))) ||
      (isOpen && vocabulary.some((source) => source.includes(`'${name}'`)))
    if (!isSaid) problems.push(`${file} has the message ${name}, which no page says`)
  }
}

/** As a name in quotes, or as the name of a member. */
function isIn(source: string, name: string): boolean {
  return new RegExp(`'${name}'|(?<![.\\w])${name}:`).test(source)
}

function imports(file: string, source: string, target: string): boolean {
  return [...source.matchAll(/from '(\.[^']+)'/g)].some(
    ([, path = '']) => normalize(join(dirname(file), path)) === target,
  )
}

const pages = [
  ...sources.values(),
  ...globSync('packages/console/*.html').map((file) => readFileSync(file, 'utf8')),
].join('\n')
const worn = new Set([...pages.matchAll(/["'`]([\w -]+)["'`]/g)].flatMap(([, names = '']) => names.split(' ')))
const dressed = new Set<string>()

for (const file of globSync(`${CONSOLE}/**/*.css`)) {
  const text = readFileSync(file, 'utf8').replaceAll(/\/\*.*?\*\//gs, '')
  for (const [, selector = ''] of text.matchAll(/([^{};]+)\{/g)) {
    for (const [, name = ''] of selector.matchAll(/\.([a-z][\w-]*)/g)) {
      dressed.add(name)
      if (!worn.has(name)) problems.push(`${file} dresses .${name}, which nothing wears`)
    }
  }
}
for (const [file, text] of sources) {
  for (const [, names = ''] of text.matchAll(/className="([^"]+)"/g)) {
    for (const name of names.split(' ')) {
      if (!dressed.has(name)) problems.push(`${file} has something wear ${name}, which no style dresses`)
    }
  }
}

for (const problem of new Set(problems)) process.stderr.write(`${problem}\n`)
process.exit(problems.length === 0 ? 0 : 1)
