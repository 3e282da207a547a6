import type { ClientGround } from './client-ground.ts'
import type { Group } from './findings.ts'
import { measureClientWork } from './measure-client-work.ts'
import { measureImport } from './measure-import.ts'
import type { Plan } from './options.ts'

/** Our client beside its peers: what it costs to have, and to use. */
export async function measureClients(directory: string, plan: Plan, ground: ClientGround): Promise<Group> {
  return {
    parts: [await measureImport(directory, plan, ground.packages), await measureClientWork(plan, ground)],
    howMeasured: [
      `Whole processes count from before they are spawned until they are gone: medians of ${plan.processes}, taking turns, each run once before. They get an empty environment and are not pinned.`,
      'Ours is what `npm pack` makes; each client is installed into an empty directory. A module is imported dynamically by a module that does nothing else; resident memory is read right after.',
      'The size is that of a program that reads, creates, updates and deletes invocations, bundled, minified and gzipped by esbuild and zlib at level 9. A kB is a thousand bytes, an MB a million.',
      `The work is one program for each client in \`bench/client-work\`, written as its documentation has it and with the largest pages. Requests and tokens are counted by a gateway before our service, times are taken without it; "once more" is the median of ${plan.repetitions} repetitions in a process that has connected, of ${plan.rounds} processes. What is read must be the same with each client.`,
    ],
    caveats: [
      "Clients have different tasks: appstore-connect-sdk has all of Apple's API with its schemas, node-app-store-connect-api has paths and no types, ours has the part of the API around invocations.",
      'The service answers from the same machine within a millisecond or two. Over the internet, requests count for more and starts for less.',
      ...ground.packages.missing.map((reason) => `Not measured: ${reason}`),
    ],
  }
}
