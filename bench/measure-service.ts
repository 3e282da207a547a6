import { join } from 'node:path'
import { serve } from './clipflight.ts'
import { Creations } from './create-load.ts'
import { makeData, type Data } from './data.ts'
import { atMost, megabytes, type Group, type Part } from './findings.ts'
import { CAN_PIN } from './machine.ts'
import { measureGrowth } from './measure-growth.ts'
import { measureMemory } from './measure-memory.ts'
import { measureRates } from './measure-rates.ts'
import { measureStart } from './measure-start.ts'
import { CONNECTIONS, type Plan } from './options.ts'
import { preparePeers, type Peers } from './peers.ts'
import type { Installed } from './published.ts'
import { say } from './rounds.ts'
import { LOAD_GENERATOR } from './run-load.ts'

/** Room for more creations than will be made. */
const CREATIONS_PER_SECOND = 10_000
const INVOCATIONS_PER_BUNDLE = 3

const INSTALL_TARGET = 15

/** The service beside a bare route, with more data, and beside its peers. */
export async function measureService(directory: string, plan: Plan, installed: Installed): Promise<Group> {
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
  return { parts, howMeasured: howMeasured(plan), caveats: caveats(peers.missing) }
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

function howMeasured(plan: Plan): readonly string[] {
  const pinned = CAN_PIN
    ? 'Servers run on core 0 and the load on core 1 (`taskset`)'
    : 'Nothing is pinned to a core (no `taskset`)'
  return [
    `${pinned}, each server a process of its own on loopback, asked over ${CONNECTIONS} kept-alive connections.`,
    `Rates and latencies are medians of ${plan.rounds} rounds of ${plan.secondsPerRound} s, after ${plan.secondsOfWarmUp} s of warm-up. The contestants of a table take turns within every round.`,
    'Ours is what `npm pack` makes, installed into an empty directory, with `--rate-limit off` and everything else as it comes: SQLite with `synchronous=FULL`. One token is signed with ES256, verified at the first request, and sent with every request.',
    'The bare route is Fastify sending a ready string: the body that our GET answered, with its content type. It reads nothing and serialises nothing.',
    'Creations go over bundles far apart, so that neighbours share no pages; each has a URL of its own and two titles in two locales. They are answered when their commit is on disk.',
    'Databases are filled through the seam of the storage, with ids and rows as the service makes them.',
    'A start counts from before the process is spawned until a GET of one invocation with its titles was answered, verification of its token included; asked every millisecond.',
    'Memory of a server is the resident set by `ps`, of a process that was started for it; what of it is in no file (anonymous and shared) by `/proc/PID/status`, and the mapped database by `/proc/PID/smaps`.',
  ]
}

function caveats(missingPeers: readonly string[]): readonly string[] {
  return [
    'Durable writes depend on how long the disk takes to sync.',
    ...(LOAD_GENERATOR === 'wrk'
      ? []
      : [
          'autocannon itself is the limit of the bare route, which flatters our ratios: put `wrk` on the PATH for a strict comparison.',
        ]),
    ...(CAN_PIN ? [] : ['Without pinned cores server and load take time from each other.']),
    'Prism and emulate do less: they verify no signature and put nothing on disk. emulate answers a smaller document.',
    ...missingPeers.map((reason) => `Not measured: ${reason}`),
  ]
}
