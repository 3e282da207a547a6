/** Puts types that a published package needs from packages beside it into that package. */
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { buildCreation, madeBuild } from '../packages/control/src/build.ts'
import { fault, faultCreation } from '../packages/control/src/faults/fault-rule.ts'
import { loggedRequest, requestSearch } from '../packages/control/src/logged-request.ts'
import { keyCreation, madeKey } from '../packages/control/src/team.ts'
import { writeType } from './write-types-of-schema.ts'

const CLIENT = 'packages/client'
const CONTRACT = 'packages/contract'
const SERVER = 'packages/server'
const CLI = 'packages/cli'

/** What `startSandbox` speaks of, by name. */
const CONTROL_SCHEMAS = {
  BuildCreation: buildCreation,
  Fault: fault,
  FaultCreation: faultCreation,
  KeyCreation: keyCreation,
  LoggedRequest: loggedRequest,
  MadeBuild: madeBuild,
  MadeKey: madeKey,
  RequestSearch: requestSearch,
}

function isOfTypes(path: string): boolean {
  return statSync(path).isDirectory() || path.endsWith('.d.ts')
}

/** The client's types beside it, and the contract's, from which they derive, below them. */
export function bringClientTypes(): void {
  cpSync(`${CONTRACT}/dist`, `${CLIENT}/dist/contract`, { recursive: true, filter: isOfTypes })
  for (const file of globSync(`${CLIENT}/dist/types/*.d.ts`)) {
    rewrite(file, `${CLIENT}/dist/${basename(file)}`, {
      '@clipflight/contract': './contract/index.js',
      '@clipflight/contract/definitions': './contract/resources/definitions.js',
    })
  }
}

/** The sandbox's types beside the server, with the client's and those of the control API; and the command's of them. */
export function bringSandboxTypes(): void {
  const from = `${SERVER}/dist/types`
  const to = `${SERVER}/dist/sandbox`
  rmSync(to, { recursive: true, force: true })
  mkdirSync(`${to}/client`, { recursive: true })
  for (const file of globSync(`${CLIENT}/dist/*.d.ts`)) cpSync(file, `${to}/client/${basename(file)}`)
  cpSync(`${CLIENT}/dist/contract`, `${to}/client/contract`, { recursive: true, filter: isOfTypes })
  // As JSON has them: without what the library keeps in them for itself.
  const types = Object.entries(CONTROL_SCHEMAS).map(([name, schema]) =>
    writeType(name, JSON.parse(JSON.stringify(schema))),
  )
  writeFileSync(`${to}/control.d.ts`, types.join('\n'))
  cpSync(`${from}/clock/clock.d.ts`, `${to}/clock.d.ts`)
  cpSync(`${from}/sandbox/options.d.ts`, `${to}/options.d.ts`)
  rewrite(`${from}/sandbox/start-sandbox.d.ts`, `${to}/start-sandbox.d.ts`, {
    '@clipflight/client': './client/index.js',
    '@clipflight/control': './control.js',
    '../clock/clock.ts': './clock.js',
    './options.ts': './options.js',
  })
  rewrite(`${from}/sandbox/index.d.ts`, `${SERVER}/dist/sandbox.d.ts`, {
    './start-sandbox.ts': './sandbox/start-sandbox.js',
    '../clock/clock.ts': './sandbox/clock.js',
    './options.ts': './sandbox/options.js',
    '@clipflight/client': './sandbox/client/index.js',
    '@clipflight/control': './sandbox/control.js',
  })
  cpSync(`${CLI}/dist/types/sandbox.d.ts`, `${CLI}/dist/sandbox.d.ts`)
}

/** Copies declarations with other addresses in their imports. */
function rewrite(from: string, to: string, addresses: Readonly<Record<string, string>>): void {
  const text = readFileSync(from, 'utf8')
  writeFileSync(
    to,
    text.replaceAll(/(?<=from ')[^']+/g, (address) => addresses[address] ?? address),
  )
}
