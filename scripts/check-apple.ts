/** Compares the document of the service with Apple's, where Apple's is at hand. */
import { existsSync, readFileSync } from 'node:fs'
import { appleOperations, openApiDocument, resourceOfType } from '@clipflight/contract'
import { compareDocuments, operationsOf, type Document } from './compare-openapi.ts'
import type { Difference } from './compare-schemas.ts'

/** A way in which the service means to differ. docs/fidelity.md explains each by its id. */
interface DifferenceClass {
  readonly id: string
  readonly reason: string
  readonly matches: (difference: Difference) => boolean
}

// Where differences are, such as `BuildBundle/relationships/appClipDomainCacheStatus/data`.
const RELATIONSHIP_DATA = /^\w+\/relationships\/\w+\/data$/
const LINKAGE_DATA = /^\w+LinkageResponse\/data$/
const ANSWERED_ATTRIBUTE = /^\w+\/attributes\/\w+$/
const ATTRIBUTE = /^\w+\/(data\/)?attributes\/\w+$/

const LENGTHS: readonly string[] = ['minLength', 'maxLength']

const DELIBERATE: readonly DifferenceClass[] = [
  {
    id: 'openapi-3.1',
    reason:
      'Apple writes OpenAPI 3.0.1. In 3.1 a schema is JSON Schema, which validators understand without extensions.',
    matches: ({ what }) => what === 'OpenAPI version',
  },
  {
    id: 'null-in-answers',
    reason: 'Apple sends attributes and included to-one links as null, which its document does not allow.',
    matches: ({ where, what, apple, ours }) =>
      what === 'nullable' &&
      apple === false &&
      ours === true &&
      [ANSWERED_ATTRIBUTE, RELATIONSHIP_DATA, LINKAGE_DATA].some((pattern) => pattern.test(where)),
  },
  {
    id: 'stated-lengths',
    reason: 'The service states how long text may be; Apple enforces limits without stating them.',
    matches: ({ where, what, apple }) => LENGTHS.includes(what) && apple === undefined && ATTRIBUTE.test(where),
  },
  {
    id: 'included-types-not-carried',
    reason:
      'Nothing of a type that the service does not carry is ever included, so the document leaves its schema out.',
    matches: ({ where, what, apple, ours }) =>
      what === 'references' &&
      where.endsWith('/included/items') &&
      isSubset(ours, apple) &&
      areUnknown(namesWithout(apple, ours)),
  },
  {
    id: 'fields-of-types-not-carried',
    reason: '`fields` of a type that the service does not carry takes any names: there is nothing they could select.',
    matches: ({ where, what, ours }) => {
      const type = / query fields\[(\w+)\]\/items$/.exec(where)?.[1]
      return what === 'enum' && ours === undefined && type !== undefined && resourceOfType(type) === undefined
    },
  },
  {
    id: 'links-to-types-not-carried',
    reason: 'A link to a resource of a type that the service does not carry cannot be set.',
    matches: ({ where, what, ours }) =>
      what === 'property' && ours === undefined && /^\w+UpdateRequest\/data\/relationships$/.test(where),
  },
  {
    id: 'deprecated-with-its-type',
    reason:
      'Apple marks the schema of a deprecated type, which the service does not carry; the service marks the link to it.',
    matches: ({ where, what, apple, ours }) =>
      what === 'deprecated' && apple === undefined && ours === true && /^\w+\/relationships\/\w+$/.test(where),
  },
  {
    id: 'response-headers',
    reason: 'Apple sends headers that its document does not mention.',
    matches: ({ what, apple }) => what === 'headers' && Array.isArray(apple) && apple.length === 0,
  },
  {
    id: 'beyond-the-slice',
    reason: 'Beta review is part of releasing a build to external testers; Apple has it outside of the compared part.',
    matches: ({ where, what, apple }) =>
      (what === 'operation' && apple === undefined && where.includes(' /v1/betaAppReviewSubmissions')) ||
      (what === 'schema' && apple === undefined && where.startsWith('BetaAppReviewSubmission')),
  },
]

const SLICE = new URL('../../shared/reference/app-store-connect-openapi-4.4.1.slice.json', import.meta.url)
const FIDELITY = new URL('../docs/fidelity.md', import.meta.url)
const HEADING = 'Differences from the published contract'

if (!existsSync(SLICE)) {
  process.stdout.write(`SKIPPED check:apple: Apple's document is not at ${SLICE.pathname}; NOTHING WAS COMPARED.\n`)
  process.exit(0)
}

const apple = JSON.parse(readFileSync(SLICE, 'utf8')) as Document
const ours: Document = { ...openApiDocument() }
const differences = [...compareDocuments(apple, ours), ...compareLists()]
const sorted = differences.map((difference) => ({
  difference,
  known: DELIBERATE.find(({ matches }) => matches(difference)),
}))

const unexplained = sorted.flatMap(({ difference, known }) => (known === undefined ? [difference] : []))
const counts = new Map(DELIBERATE.map((one) => [one.id, sorted.filter(({ known }) => known === one).length]))
const problems = [
  ...unexplained.map(
    ({ where, what, ...both }) => `${where}: ${what}: Apple ${inBrief(both.apple)}, ours ${inBrief(both.ours)}`,
  ),
  ...[...counts]
    .filter(([, count]) => count === 0)
    .map(([id]) => `${id}: no such difference any more; take it out of the list`),
  ...undocumented(),
]

for (const problem of problems) process.stderr.write(`${problem}\n`)
for (const [id, count] of counts) process.stdout.write(`${String(count).padStart(5)} ${id}\n`)
const compared = [...operationsOf(ours).keys()].filter((name) => operationsOf(apple).has(name)).length
process.stdout.write(
  `${compared} operations and ${Object.keys(schemasOf(ours)).length} schemas compared; ` +
    `${differences.length - unexplained.length} deliberate differences of ${DELIBERATE.length} kinds; ${problems.length} problems\n`,
)
process.exit(problems.length === 0 ? 0 : 1)

/** The operations the service serves and those it names as missing must together be Apple's. */
function* compareLists(): Generator<Difference> {
  const theirs = operationsOf(apple)
  const missing = new Map(
    appleOperations
      .filter(({ served }) => !served)
      .map(({ method, path, operationId }) => [`${method} ${path}`, operationId]),
  )
  const served = operationsOf(ours)
  for (const [name, { operation }] of theirs) {
    if (!served.has(name) && missing.get(name) !== operation['operationId']) {
      yield { where: name, what: 'listed as not yet', apple: operation['operationId'], ours: missing.get(name) }
    }
  }
  for (const [name, operationId] of missing) {
    if (!theirs.has(name)) yield { where: name, what: 'listed as not yet', apple: undefined, ours: operationId }
  }
}

function schemasOf(document: Document): object {
  const { components } = document
  return typeof components === 'object' && components !== null && 'schemas' in components
    ? Object(components.schemas)
    : {}
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function namesWithout(from: unknown, present: unknown): readonly string[] {
  return namesIn(from).filter((name) => !namesIn(present).includes(name))
}

function isSubset(part: unknown, whole: unknown): boolean {
  return namesWithout(part, whole).length === 0
}

/** Whether the document has none of these schemas. */
function areUnknown(schemas: readonly string[]): boolean {
  return schemas.every((name) => !Object.hasOwn(schemasOf(ours), name))
}

/** Every class must be explained to readers. */
function undocumented(): string[] {
  const text = existsSync(FIDELITY) ? readFileSync(FIDELITY, 'utf8') : ''
  const section = text.split(/^## /m).find((part) => part.startsWith(HEADING)) ?? ''
  return DELIBERATE.filter(({ id }) => !section.includes(`\`${id}\``)).map(
    ({ id, reason }) => `docs/fidelity.md, "${HEADING}": \`${id}\` is missing (${reason})`,
  )
}

function inBrief(value: unknown): string {
  const written = value === undefined ? 'nothing' : JSON.stringify(value)
  return written.length > 160 ? `${written.slice(0, 160)}…` : written
}
