import type { Finding, Group, Table } from './findings.ts'
import type { Machine } from './machine.ts'
import { GROUP_NAMES, type Plan } from './options.ts'
import { LOAD_GENERATOR } from './run-load.ts'

export interface Report {
  readonly plan: Plan
  readonly machine: Machine
  readonly date: string
  readonly revision: string
  readonly groups: readonly Group[]
}

const DRIFT =
  'Absolute figures drift by a fifth between runs on a shared machine; ratios hold better. The p99 of one and the same bare server moves severalfold.'

/** `docs/benchmarks.md`. */
export function writeReport({ plan, machine, date, revision, groups }: Report): string {
  const command = commandOf(plan)
  const parts = groups.flatMap((group) => group.parts)
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
    writeList(groups.flatMap(({ howMeasured }) => howMeasured)),
    '## Read with care',
    writeList([DRIFT, ...groups.flatMap(({ caveats }) => caveats)]),
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

function writeList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

function commandOf({ quick, groups }: Plan): string {
  const only = groups.length === GROUP_NAMES.length ? [] : groups.map((name) => `--only ${name}`)
  const options = [...(quick ? ['--quick'] : []), ...only]
  return ['npm run bench', ...(options.length === 0 ? [] : ['--', ...options])].join(' ')
}
