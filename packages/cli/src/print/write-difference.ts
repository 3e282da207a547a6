import { groupChanges, type Comparison, type FactChange } from '@clipflight/plan'
import { code } from './code.ts'
import { createPaint, type Paint } from './paint.ts'
import { nameTarget, type PlannedApp } from './planned-app.ts'
import { showText } from './show-text.ts'
import { isDataFormat, writeData } from './write-data.ts'
import { writeRows, writeTitles } from './write-plan-markdown.ts'
import { writeInvocations } from './write-plan-text.ts'
import type { PlanFormat } from './write-plan.ts'

/** One build on two services. What it takes to come from the first to the second is the difference. */
export interface Difference extends Comparison {
  readonly app: string
  readonly first: Side
  readonly second: Side
  readonly facts: readonly FactChange[]
}

export type Side = Pick<PlannedApp, 'build' | 'buildBundle'> & {
  /** Base URL of the service. */
  readonly service: string
}

export function hasDifferences({ facts, changes }: Difference): boolean {
  return facts.length > 0 || changes.length > 0
}

export async function writeDifference(
  difference: Difference,
  format: PlanFormat,
  { color }: { readonly color: boolean },
): Promise<string> {
  if (isDataFormat(format)) return writeData(toDocument(difference), format)
  return format === 'markdown' ? writeMarkdown(difference) : writeText(difference, createPaint(color))
}

function writeText(difference: Difference, paint: Paint): string {
  const { app, first, second, facts } = difference
  const lines = [
    `${paint.strong(showText(app))}  ${showText(nameTarget(first))}`,
    '',
    `  ${paint.remove('-')} ${showText(first.service)}`,
    `  ${paint.add('+')} ${showText(second.service)}`,
    '',
    ...facts.map((fact) => writeFact(fact, paint)),
    ...(facts.length > 0 ? [''] : []),
    ...writeInvocations(difference, paint),
    hasDifferences(difference) ? paint.strong(`${summarize(difference)}.`) : paint.add('No differences.'),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function writeFact({ what, before, after }: FactChange, paint: Paint): string {
  const name = showText(what)
  if (before === undefined) return `  ${paint.add('+')} ${name}  ${paint.add(showText(after ?? ''))}`
  if (after === undefined) return `  ${paint.remove('-')} ${name}  ${paint.remove(showText(before))}`
  return `  ${paint.change('~')} ${name}  ${showText(before)} ${paint.change('→')} ${paint.change(showText(after))}`
}

/** Such as `2 invocations and 1 fact of the build differ`. */
function summarize({ facts, changes }: Difference): string {
  const invocations = groupChanges(changes).length
  const parts = [
    invocations === 0 ? [] : `${invocations} ${invocations === 1 ? 'invocation' : 'invocations'}`,
    facts.length === 0 ? [] : `${facts.length} ${facts.length === 1 ? 'fact' : 'facts'} of the build`,
  ].flat()
  const isOne = invocations + facts.length === 1
  return `${parts.join(' and ')} ${isOne ? 'differs' : 'differ'}`
}

function toDocument(difference: Difference): object {
  const { app, first, second, facts, changes, unchanged } = difference
  return {
    isSame: !hasDifferences(difference),
    app,
    builds: [first, second].map(({ service, buildBundle, build }) => ({ service, buildBundle, ...build })),
    facts,
    // Why a plan would do it says nothing here.
    changes: changes.map(({ why: _why, ...change }) => change),
    unchanged: unchanged.map(({ url }) => ({ url })),
  }
}

function writeMarkdown(difference: Difference): string {
  const { app, first, second, facts, changes } = difference
  const rows = writeRows(difference)
  const overview = [
    `### Clipflight: ${code(app)}, ${code(nameTarget(first))}`,
    '',
    hasDifferences(difference) ? `**${summarize(difference)}.**` : '**No differences.**',
    '',
    `What would make ${code(first.service)} as ${code(second.service)} is:`,
    '',
    ...(facts.length > 0 ? ['| of the build | before | after |', '|---|---|---|', ...facts.map(writeFactRow), ''] : []),
    ...(rows.length > 0 ? ['| | invocation | |', '|---|---|---|', ...rows, ''] : []),
  ].join('\n')
  return `${overview}${writeTitles([changes], overview.length)}`
}

function writeFactRow({ what, before, after }: FactChange): string {
  const cells = [before, after].map((each) => (each === undefined ? '' : code(each)))
  return `| ${code(what)} | ${cells.join(' | ')} |`
}
