import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ClientPackages } from './client-packages.ts'
import { atMost, kilobytes, megabytes, type Part } from './findings.ts'
import type { Plan } from './options.ts'
import { median, say } from './rounds.ts'
import { medianMilliseconds, NODE_ALONE, runInTurns, runsOf, type Program, type Runs } from './whole-processes.ts'

const IMPORT_TARGET = 15
const GZIPPED_TARGET = 15

const NOTHING = 'a module with nothing in it'

/** What an importing program prints, as JSON. */
interface Imported {
  readonly milliseconds: number
  readonly residentBytes: number
}

/** What it costs to have a client: time, memory and size. */
export async function measureImport(directory: string, plan: Plan, packages: ClientPackages): Promise<Part> {
  const { ours, peers } = packages
  const clients = [ours, ...peers]
  const nothing = join(directory, 'nothing.mjs')
  writeFileSync(nothing, '')
  say('Imports:')
  const programs = [
    importer(NOTHING, './nothing.mjs', directory),
    ...clients.map(({ name, specifier, directory }) => importer(name, specifier, directory)),
  ]
  const runs = await runInTurns([NODE_ALONE, ...programs], plan.processes)
  const bare = medianMilliseconds(runs, NODE_ALONE.name)
  const importAlone = medianOf(runs, ours.name, ({ milliseconds }) => milliseconds)
  const whole = medianMilliseconds(runs, ours.name) - bare
  const sizes = new Map(clients.map(({ name, installedBytes, gzippedBytes }) => [name, [installedBytes, gzippedBytes]]))
  return {
    findings: [
      atMost(`Import of ${ours.name}, in a running process`, importAlone, IMPORT_TARGET, 'ms', 1),
      atMost(`Import of ${ours.name}: whole process, above \`node -e 0\``, whole, IMPORT_TARGET, 'ms', 1),
      atMost(
        `${ours.name}: a program that only touches invocations, gzipped`,
        kilobytes(ours.gzippedBytes),
        GZIPPED_TARGET,
        'kB',
        1,
      ),
    ],
    tables: [
      {
        title: 'To import a client',
        head: ['', 'whole process ms', 'above `node -e 0`', 'import alone ms', 'resident MB'],
        rows: [
          [NODE_ALONE.name, bare.toFixed(1), '', '', ''],
          ...programs.map(({ name }) => [
            name,
            medianMilliseconds(runs, name).toFixed(1),
            (medianMilliseconds(runs, name) - bare).toFixed(1),
            medianOf(runs, name, ({ milliseconds }) => milliseconds).toFixed(1),
            megabytes(medianOf(runs, name, ({ residentBytes }) => residentBytes)).toFixed(0),
          ]),
        ],
      },
      {
        title: 'Size of a client',
        head: ['', 'installed MB', 'gzipped kB, invocations only'],
        rows: [...sizes].map(([name, [installed = 0, gzipped = 0]]) => [
          name,
          megabytes(installed).toFixed(2),
          kilobytes(gzipped).toFixed(1),
        ]),
      },
    ],
  }
}

/** A program that imports one thing and says what that took. */
function importer(name: string, specifier: string, directory: string): Program {
  const path = join(directory, 'import.mjs')
  writeFileSync(
    path,
    `const began = performance.now()
     await import(${JSON.stringify(specifier)})
     const milliseconds = performance.now() - began
     process.stdout.write(JSON.stringify({ milliseconds, residentBytes: process.memoryUsage.rss() }))`,
  )
  return { name, args: [path] }
}

function medianOf(runs: Runs, name: string, read: (imported: Imported) => number): number {
  return median(runsOf(runs, name).map(({ output }) => read(JSON.parse(output) as Imported)))
}
