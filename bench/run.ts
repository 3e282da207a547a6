/** `npm run bench`: measures the service against its targets and its peers, and writes docs/benchmarks.md. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve, useCommand } from './clipflight.ts'
import { Creations } from './create-load.ts'
import { makeData, type Data } from './data.ts'
import { atMost, megabytes, type Part } from './findings.ts'
import { describeMachine } from './machine.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureMemory } from './measure-memory.ts'
import { measureRates } from './measure-rates.ts'
import { measureStart } from './measure-start.ts'
import { readPlan, type Plan } from './options.ts'
import { preparePeers, type Peers } from './peers.ts'
import { installPacked, type Installed } from './published.ts'
import { writeReport } from './report.ts'
import { say } from './rounds.ts'

const REPOSITORY = join(import.meta.dirname, '..')
const REPORT = join(REPOSITORY, 'docs/benchmarks.md')

/** Room for more creations than will be made. */
const CREATIONS_PER_SECOND = 20_000
const INVOCATIONS_PER_BUNDLE = 3

const INSTALL_TARGET = 15

await run(readPlan(process.argv.slice(2)))

async function run(plan: Plan): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'clipflight-bench-'))
  try {
    const text = await measureAll(plan, directory)
    if (plan.quick) say(`\n${text}`)
    else {
      writeFileSync(REPORT, text)
      say(`\nWritten to ${REPORT}`)
    }
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measureAll(plan: Plan, directory: string): Promise<string> {
  say('Installing what is packed')
  const installed = installPacked(join(directory, 'published'))
  useCommand(installed.main)

  say('Filling databases')
  const small = await makeData(join(directory, 'small'), { invocations: plan.smallInvocations, emptyBundles: 0 })
  const writable = await makeData(join(directory, 'writable'), {
    invocations: 0,
    emptyBundles: bundlesToCreateOn(plan),
  })
  const large = await makeData(join(directory, 'large'), { invocations: plan.largeInvocations, emptyBundles: 0 })
  const creations = new Creations(writable.emptyBundles)

  say('Installing peers')
  const peers = await installPeers(join(directory, 'peers'), small)
  const parts = [
    await measureRates(directory, plan, { readable: small, writable, creations, peers }),
    await measureGrowth(plan, small, large),
    await measureStart(
      plan,
      [
        ['an existing database', small],
        ['the large database', large],
      ],
      peers,
    ),
    await measureMemory(plan, { small, large, writable, creations, peers }),
    installSizes(installed, peers),
  ]
  return writeReport({
    plan,
    machine: describeMachine(),
    date: new Date().toISOString().slice(0, 10),
    revision: revision(),
    parts,
    missingPeers: peers.missing,
  })
}

function bundlesToCreateOn({ rounds, secondsPerRound, secondsOfWarmUp, requestsBeforeMemory }: Plan): number {
  const forRates = CREATIONS_PER_SECOND * (rounds * secondsPerRound + secondsOfWarmUp)
  return Math.ceil((forRates + 2 * requestsBeforeMemory) / INVOCATIONS_PER_BUNDLE)
}

async function installPeers(directory: string, data: Data): Promise<Peers> {
  await using server = await serve(data.dataDir)
  return await preparePeers(directory, server, data.invocations)
}

function installSizes({ serverBytes, bothBytes }: Installed, peers: Peers): Part {
  const rows = [
    ['@clipflight/server', megabytes(serverBytes).toFixed(1)],
    ['clipflight, with the server', megabytes(bothBytes).toFixed(1)],
    ...peers.present.map(({ name, installedBytes }) => [name, megabytes(installedBytes).toFixed(1)]),
  ]
  return {
    findings: [atMost('Installed size of the packed server', megabytes(serverBytes), INSTALL_TARGET, 'MB', 1)],
    tables: [{ title: 'Installed size (MB of a million bytes)', head: ['', 'MB'], rows }],
  }
}

function revision(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: REPOSITORY, encoding: 'utf8' }).trim()
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', 'packages') === '' ? '' : ' with changes'}`
  } catch {
    return 'unknown'
  }
}
