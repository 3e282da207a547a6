import { ASPECTS, type Aspect, type Finding } from '../probes/probe.ts'
import { code } from './code.ts'
import { createPaint, type Paint } from './paint.ts'
import type { PlanFormat } from './write-plan.ts'
import { showText } from './show-text.ts'
import { isDataFormat, writeData } from './write-data.ts'

/** What probes found out about a service. */
export interface Report {
  /** What it is called in public. */
  readonly service: string
  readonly findings: readonly Finding[]
  /** Whether bundles are as they were; undefined when none was written to. */
  readonly isRestored: boolean | undefined
}

interface ReportOptions {
  readonly color: boolean
  /** Whether the bodies of answers are shown as they came. They hold ids, and may hold names. */
  readonly withAnswers: boolean
}

export async function writeFindings(report: Report, format: PlanFormat, options: ReportOptions): Promise<string> {
  if (isDataFormat(format)) return writeData(toDocument(report, options), format)
  return format === 'markdown' ? writeMarkdown(report, options) : writeText(report, options)
}

function countOutcomes(findings: readonly Finding[]): Readonly<Record<'agree' | 'differ' | 'notRun', number>> {
  const count = (outcome: Finding['outcome']): number => findings.filter((each) => each.outcome === outcome).length
  return { agree: count('agrees'), differ: count('differs'), notRun: count('not run') }
}

function writeSummary(findings: readonly Finding[]): string {
  const { agree, differ, notRun } = countOutcomes(findings)
  return `${agree} agree, ${differ} differ, ${notRun} did not run.`
}

/** Every aspect in which the answer differs, with what Clipflight answers and what the service did. */
function differences({ probe, answered = {} }: Finding): readonly (readonly [Aspect, string, string])[] {
  return aspectsIn(answered).flatMap((aspect) => {
    const [ours = '', theirs = ''] = [probe.expected[aspect], answered[aspect]]
    return ours === theirs ? [] : [[aspect, ours, theirs] as const]
  })
}

function aspectsIn(answered: Finding['answered'] = {}): readonly Aspect[] {
  return ASPECTS.filter((aspect) => Object.hasOwn(answered, aspect))
}

const COLORS = { agrees: 'add', differs: 'change', 'not run': 'faint' } as const satisfies Record<
  Finding['outcome'],
  keyof Paint
>

function writeText({ service, findings }: Report, { color, withAnswers }: ReportOptions): string {
  const paint = createPaint(color)
  const width = Math.max(...findings.map(({ probe }) => probe.id.length))
  const lines = findings.flatMap((finding) => {
    const { probe, outcome, reason, text } = finding
    const name = `${paint[COLORS[outcome]](outcome.padEnd('not run'.length))}  ${probe.id.padEnd(width)}`
    const more = differences(finding).map(
      ([aspect, ours, theirs]) =>
        `           ${aspect}: Clipflight answers ${ours}, and this service ${showText(theirs)}`,
    )
    const answer = withAnswers && text !== undefined ? [`           ${showText(text)}`] : []
    return [`${name}  ${reason ?? probe.rule.replaceAll('`', '')}`, ...more, ...answer]
  })
  return `${paint.strong(service)}\n\n${lines.join('\n')}\n\n${writeSummary(findings)}\n`
}

function toDocument({ service, findings, isRestored }: Report, { withAnswers }: ReportOptions): object {
  return {
    service,
    summary: countOutcomes(findings),
    restored: isRestored ?? null,
    probes: findings.map(({ probe: { given: _given, ...probe }, text, ...finding }) => ({
      ...probe,
      ...finding,
      ...(withAnswers && text !== undefined ? { answer: text } : {}),
    })),
  }
}

function writeMarkdown({ service, findings }: Report, { withAnswers }: ReportOptions): string {
  const rows = findings.map((finding) => {
    const { probe, outcome, reason } = finding
    const cell =
      reason ??
      aspectsIn(finding.answered)
        .map((aspect) => `${aspect} ${code(finding.answered?.[aspect] ?? '')}`)
        .join(', ')
    return `| ${outcome === 'differs' ? '**differs**' : outcome} | ${code(probe.id)} | ${probe.rule} | ${cell} |`
  })
  const details = findings
    .filter((finding) => finding.outcome === 'differs' || (withAnswers && finding.text !== undefined))
    .map((finding) => writeDetails(finding, withAnswers))
  return [
    `### Fidelity of Clipflight: ${service}`,
    '',
    `**${writeSummary(findings)}**`,
    '',
    '| | probe | rule | what was answered |',
    '|---|---|---|---|',
    ...rows,
    '',
    ...details,
  ].join('\n')
}

function writeDetails(finding: Finding, withAnswers: boolean): string {
  const { probe, text } = finding
  return [
    `<details><summary>${code(probe.id)}</summary>`,
    '',
    ...differences(finding).map(
      ([aspect, ours, theirs]) => `- ${aspect}: Clipflight ${code(ours)}, this service ${code(theirs)}`,
    ),
    '',
    ...probe.requests.map(
      ({ method, path, body }) => `- ${code(`${method} ${path}`)} ${body === undefined ? '' : code(bodyText(body))}`,
    ),
    ...(withAnswers && text !== undefined ? ['', `- answered ${code(text)}`] : []),
    '',
    '</details>',
    '',
  ].join('\n')
}

function bodyText(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body)
}
