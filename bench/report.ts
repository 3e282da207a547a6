import type { Finding, Part, Table } from './findings.ts'
import { CAN_PIN, type Machine } from './machine.ts'
import { CONNECTIONS, type Plan } from './options.ts'
import { LOAD_GENERATOR } from './run-load.ts'

export interface Report {
  readonly plan: Plan
  readonly machine: Machine
  readonly date: string
  readonly revision: string
  readonly parts: readonly Part[]
  readonly missingPeers: readonly string[]
}

/** `docs/benchmarks.md`. */
export function writeReport({ plan, machine, date, revision, parts, missingPeers }: Report): string {
  const command = plan.quick ? 'npm run bench -- --quick' : 'npm run bench'
  const findings = parts.flatMap((part) => part.findings)
  const missed = findings.filter(({ target }) => target?.isMet === false).length
  return [
    '# Benchmarks',
    `Written by \`${command}\` on ${date}, at revision ${revision}. Run it to have these figures for another machine.`,
    ...(plan.quick ? ['**A short run: fewer rounds and a smaller large database. Not to be judged by.**'] : []),
    writeTable(
      ['machine', ''],
      [
        ['processor', machine.processor],
        ['cores', String(machine.cores)],
        ['memory', machine.memory],
        ['system', machine.system],
        ['Node', machine.node],
        ['load from', LOAD_GENERATOR],
      ],
    ),
    '## Targets',
    missed === 0 ? 'All are met.' : `${missed} of ${findings.length} are missed.`,
    writeTable(['', 'measured', 'target', ''], findings.map(writeFinding)),
    ...parts.flatMap((part) => part.tables.flatMap(writeSection)),
    '## How it was measured',
    howMeasured(plan),
    '## Read with care',
    caveats(missingPeers),
    '',
  ].join('\n\n')
}

function writeFinding({ what, measured, target }: Finding): string[] {
  if (target === undefined) return [what, measured, '', '']
  return [what, measured, target.text, target.isMet ? 'met' : '**missed**']
}

function writeSection({ title, head, rows, note }: Table): string[] {
  return [`## ${title}`, writeTable(head, rows), ...(note === undefined ? [] : [note])]
}

function writeTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  const rule = `|${head.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`
  return [line(head), rule, ...rows.map(line)].join('\n')
}

function howMeasured(plan: Plan): string {
  const pinned = CAN_PIN
    ? 'Servers run on core 0 and the load on core 1 (`taskset`)'
    : 'Nothing is pinned to a core (no `taskset`)'
  return [
    `- ${pinned}, each server a process of its own on loopback, asked over ${CONNECTIONS} kept-alive connections.`,
    `- Rates and latencies are medians of ${plan.rounds} rounds of ${plan.secondsPerRound} s, after ${plan.secondsOfWarmUp} s of warm-up. The contestants of a table take turns within every round.`,
    '- Ours is what `npm pack` makes, installed into an empty directory, with `--rate-limit off` and everything else as it comes: SQLite with `synchronous=FULL`. One token is signed with ES256, verified at the first request, and sent with every request.',
    '- The bare route is Fastify sending a ready string: the body that our GET answered, with its content type. It reads nothing and serialises nothing.',
    '- Creations go over bundles far apart, so that neighbours share no pages; each has a URL of its own and two titles in two locales. They are answered when their commit is on disk.',
    '- Databases are filled through the seam of the storage, with ids and rows as the service makes them.',
    '- A start counts from before the process is spawned until a GET of one invocation with its titles was answered, verification of its token included; asked every millisecond.',
    '- Memory is the resident set by `ps`, of a process that was started for it.',
  ].join('\n')
}

function caveats(missingPeers: readonly string[]): string {
  return [
    '- Absolute figures drift by a fifth between runs on a shared machine; ratios hold better. The p99 of one and the same bare server moves severalfold.',
    '- Durable writes depend on how long the disk takes to sync.',
    ...(LOAD_GENERATOR === 'wrk'
      ? []
      : [
          '- autocannon itself is the limit of the bare route, which flatters our ratios: put `wrk` on the PATH for a strict comparison.',
        ]),
    ...(CAN_PIN ? [] : ['- Without pinned cores server and load take time from each other.']),
    '- Prism and emulate do less: they verify no signature and put nothing on disk. emulate answers a smaller document.',
    ...missingPeers.map((reason) => `- Not measured: ${reason}`),
  ].join('\n')
}
