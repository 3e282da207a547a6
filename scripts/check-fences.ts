/** Keeps the rooms apart: which folder may import which, and that the engine names no resource. */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

const problems: string[] = []

type Rooms = Readonly<Record<string, readonly string[]>>

/** Rooms of the server, each with those it may look into. */
const SERVER_ROOMS: Rooms = {
  timing: [],
  auth: ['storage'],
  'rate-limit': [],
  storage: ['timing'],
  rules: ['storage'],
  operations: ['storage', 'rules'],
  seed: ['storage', 'operations', 'rules'],
  clock: ['storage', 'operations'],
  journal: [],
  faults: [],
  http: ['auth', 'rate-limit', 'storage', 'operations', 'journal', 'faults'],
  control: ['storage', 'seed', 'operations', 'rules', 'journal', 'faults', 'clock', 'timing'],
  console: ['storage', 'auth', 'control'],
  service: ['http', 'storage', 'seed', 'auth', 'rate-limit', 'control', 'console', 'clock', 'journal', 'faults'],
  sandbox: ['service', 'control', 'seed', 'clock', 'storage', 'timing'],
  proxy: ['service'],
}

/** Rooms of the command that know others; those that are pure are held below. */
const COMMAND_ROOMS: Rooms = {
  connection: [],
  terminal: ['print'],
  target: ['terminal'],
  project: ['print'],
  apply: ['connection', 'plan', 'print', 'project', 'target', 'terminal'],
  completion: ['connection'],
  control: ['connection'],
  diff: ['apply', 'connection', 'print', 'target'],
  fidelity: ['apply', 'connection', 'plan', 'print', 'probes', 'target', 'terminal'],
  proxy: ['connection', 'control', 'print'],
  pull: ['connection', 'seed', 'target', 'terminal'],
}

/** What a plan comes from and how it looks is decided without network, clock, environment or files. */
const PURE_ROOMS = ['plan', 'print', 'probes', 'seed']

/** What every page of the console is made of, from the bottom up. */
const BELOW_FRAME = ['language', 'service', 'ui', 'session']
const BELOW_PAGES = [...BELOW_FRAME, 'app']

/** Rooms of the console. Which page is at which address is decided beside them, by who knows them all. */
const CONSOLE_ROOMS: Rooms = {
  language: [],
  service: [],
  ui: ['language', 'service'],
  session: ['language', 'service', 'ui'],
  app: BELOW_FRAME,
  builds: BELOW_PAGES,
  invocations: [...BELOW_PAGES, 'builds'],
  plans: [...BELOW_PAGES, 'builds', 'invocations'],
  compare: [...BELOW_PAGES, 'builds', 'invocations', 'plans'],
  file: [...BELOW_PAGES, 'builds', 'invocations', 'plans'],
  sheet: [...BELOW_PAGES, 'builds', 'invocations'],
  'tester-links': [...BELOW_PAGES, 'builds'],
  sandbox: [...BELOW_PAGES, 'builds'],
  teams: [...BELOW_PAGES, 'sandbox'],
  // Whoever has only a link gets nothing of what asks with a session.
  tester: ['language', 'ui'],
}

/** Of the sandbox, which has a page in each of them. */
const SANDBOX_ROOMS: Rooms = { builds: [], faults: [], keys: [], log: ['keys'], state: [] }

const SERVER = 'packages/server/src'
const COMMAND = 'packages/cli/src'
const CONSOLE = 'packages/console/src'

keepApart(SERVER, SERVER_ROOMS)
keepApart(COMMAND, COMMAND_ROOMS)
keepApart(CONSOLE, CONSOLE_ROOMS)
keepApart(`${CONSOLE}/sandbox`, SANDBOX_ROOMS)
complainOfUnknownRooms(SERVER, Object.keys(SERVER_ROOMS))
// The verbs put the other rooms together, and may look into all of them.
complainOfUnknownRooms(COMMAND, [...Object.keys(COMMAND_ROOMS), ...PURE_ROOMS, 'commands'])
complainOfUnknownRooms(CONSOLE, Object.keys(CONSOLE_ROOMS))
complainOfUnknownRooms(`${CONSOLE}/sandbox`, Object.keys(SANDBOX_ROOMS))

function keepApart(source: string, rooms: Rooms): void {
  for (const file of globSync(`${source}/**/*.{ts,tsx}`)) {
    const room = file.slice(source.length + 1).split('/', 1)[0] ?? ''
    const allowed = rooms[room]
    if (allowed === undefined) continue
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)) {
      const found = normalize(join(dirname(file), path))
      const target = found.startsWith(`${source}/`) ? found.slice(source.length + 1) : ''
      const [place = ''] = target.split('/', 1)
      // What lies beside the rooms belongs to all of them, and what lies outside is for the rooms around them.
      if (target.includes('/') && place !== room && !allowed.includes(place))
        problems.push(`${file} imports ${path}: ${room} may not look into ${place}`)
    }
  }
}

/** A room that is not in the table would be held to nothing. */
function complainOfUnknownRooms(source: string, rooms: readonly string[]): void {
  for (const file of globSync(`${source}/*/**/*.{ts,tsx}`)) {
    const [room = ''] = file.slice(source.length + 1).split('/', 1)
    if (!rooms.includes(room)) problems.push(`${file} is in a room that scripts/check-fences.ts does not know`)
  }
}

for (const file of globSync(`${CONSOLE}/*/**/*.{ts,tsx}`)) {
  const text = readFileSync(file, 'utf8')
  const isClient = [`${CONSOLE}/service/clients.ts`, `${CONSOLE}/tester/read-build.ts`].includes(file)
  if (!isClient && /\bfetch\(|\bXMLHttpRequest\b|\bEventSource\b/.test(text))
    problems.push(`${file} sends a request of its own: that is for the clients`)
  if (/from '(?:\.\.\/)+(?:routes|main|tester)\.tsx'/.test(text))
    problems.push(`${file} imports what puts the rooms together`)
}

const PURE_PACKAGES = ['node:crypto', 'fast-string-truncated-width', 'lean-qr']

for (const file of globSync(`packages/cli/src/{${PURE_ROOMS.join()}}/**/*.ts`)) {
  const text = readFileSync(file, 'utf8')
  for (const [, path = ''] of text.matchAll(/from '([^']+)'/g)) {
    const isOurs = path.startsWith('@clipflight/') && path !== '@clipflight/server'
    const isPure = isOurs || PURE_ROOMS.some((room) => normalize(join(dirname(file), path)).includes(`/src/${room}/`))
    if (!isPure && !PURE_PACKAGES.some((name) => path === name || path.startsWith(`${name}/`)))
      problems.push(`${file} imports ${path}: its room is pure`)
  }
  if (/\bprocess\.|Date\.now/.test(text)) problems.push(`${file} looks around itself: its caller tells it`)
}

const types = globSync('packages/contract/src/resources/*.ts')
  .map((file) => readFileSync(file, 'utf8').match(/type: '(\w+)'/)?.[1])
  .filter((type) => type !== undefined)
const engine = [
  ...globSync('packages/contract/src/{document,openapi}/**/*.ts'),
  ...globSync('packages/contract/src/{define-resource,derived-types,kinds,routes,query-parameters,openapi}.ts'),
  ...globSync(`${SERVER}/{operations,storage,http}/**/*.ts`).filter((file) => !file.includes('/migrations/')),
  ...globSync('packages/client/src/*.ts'),
]
for (const file of engine) {
  for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    const isComment = /^\s*(\/\/|\/?\*)/.test(line)
    const named = isComment ? undefined : types.find((type) => new RegExp(`['"\`.]${type}\\b`).test(line))
    if (named !== undefined)
      problems.push(`${file}:${index + 1} names the resource ${named}: that is for its definition or its rules`)
  }
}

// The contract runs in browsers: it knows no server, no database and no files.
for (const file of globSync('packages/contract/src/**/*.ts')) {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '([^.'][^']*)'/g)) {
    problems.push(`${file} imports ${name}: the contract has no dependencies`)
  }
}

// The client runs wherever there is `fetch`: it knows the contract, and no runtime.
for (const file of globSync('packages/client/src/**/*.ts')) {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '([^.'][^']*)'/g)) {
    if (!['@clipflight/contract', '@clipflight/contract/definitions'].includes(name))
      problems.push(`${file} imports ${name}: the client knows the contract only`)
  }
}

// The control API's package runs in browsers too, and is what the server, the command and the console share.
for (const file of globSync('packages/control/src/**/*.ts')) {
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/from '([^.'][^']*)'/g)) {
    if (!['@clipflight/contract', 'typebox', 'typebox/system', 'typebox/value'].includes(name))
      problems.push(`${file} imports ${name}: the control API knows the contract and its schemas only`)
  }
}

/** What the command and the console plan with: rooms of the package, each with what it may look into. */
const PLAN_ROOMS = {
  plan: ['@clipflight/contract'],
  file: ['plan', '@clipflight/contract', '@clipflight/yaml-text'],
  apply: ['plan', '@clipflight/client'],
}

for (const [room, allowed] of Object.entries(PLAN_ROOMS)) {
  for (const file of globSync(`packages/plan/src/${room}/**/*.ts`)) {
    const text = readFileSync(file, 'utf8')
    for (const [, path = ''] of text.matchAll(/(?:from |import\()'([^']+)'/g)) {
      const place = path.startsWith('.') ? normalize(join(dirname(file), path)).split('/')[3] : path
      if (place !== room && !allowed.includes(place ?? ''))
        problems.push(`${file} imports ${path}: ${room} may not look into ${place}`)
    }
    if (/\bprocess\.|Date\.now/.test(text)) problems.push(`${file} looks around itself: its caller tells it`)
  }
}

for (const problem of problems) process.stderr.write(`${problem}\n`)
process.exit(problems.length === 0 ? 0 : 1)
