import { countChanges, groupChanges, type InvocationGroup, type TitleChange } from '@clipflight/plan'
import { createPaint, type Paint } from './paint.ts'
import { nameTarget, type PlannedApp } from './planned-app.ts'
import { showText } from './show-text.ts'
import { colorOf, SIGNS } from './write-change.ts'

/** What a plan would change, for a terminal. */
export function writePlanText(apps: readonly PlannedApp[], { color }: { readonly color: boolean }): string {
  const paint = createPaint(color)
  return `${apps.map((each) => writeApp(each, paint)).join('\n')}\n${writeTotal(apps, paint)}\n`
}

function writeApp(planned: PlannedApp, paint: Paint): string {
  const { app, plan } = planned
  const { changes, unchanged, unlisted, problems } = plan
  const lines = [
    `${paint.strong(showText(app))}  ${showText(nameTarget(planned))}`,
    '',
    ...writeInvocations({ changes, unchanged }, paint),
  ]
  if (unlisted.length > 0 && problems.length === 0) {
    lines.push(paint.faint(`  Not listed, left alone (--prune deletes):`))
    lines.push(...unlisted.map(({ url }) => paint.faint(`  ? ${showText(url)}`)), '')
  }
  if (problems.length > 0) {
    lines.push(...problems.map((problem) => `  ${paint.remove('✗')} ${showText(problem)}`))
    lines.push(...unlisted.map(({ url }) => `    not listed: ${showText(url)}`), '')
  }
  return (
    lines
      .map((line) => `${line}\n`)
      .join('')
      .trimEnd() + '\n'
  )
}

/** What happens to each invocation, and those to which nothing does; a line each, and empty ones between them. */
export function writeInvocations(
  { changes, unchanged }: Pick<PlannedApp['plan'], 'changes' | 'unchanged'>,
  paint: Paint,
): readonly string[] {
  return [
    ...groupChanges(changes).flatMap((group) => [...writeGroup(group, paint), '']),
    ...unchanged.map(({ url }) => paint.faint(`  = ${showText(url)}`)),
    ...(unchanged.length > 0 ? [''] : []),
  ]
}

function writeGroup({ op, before, after, by, why, titles }: InvocationGroup, paint: Paint): readonly string[] {
  const color = colorOf(op, paint)
  const url = showText(before ?? after ?? '')
  const isMoved = before !== undefined && after !== undefined && before !== after
  const width = Math.max(...titles.map(({ locale }) => showText(locale).length), 0)
  return [
    `  ${color(SIGNS[op])} ${op === 'update' ? url : color(url)}`,
    ...(isMoved ? [`  ${color('→')} ${color(showText(after))}`] : []),
    ...(why === undefined ? [] : [paint.faint(`    ${showText(why)}`)]),
    ...(by === undefined ? [] : [paint.faint(`    by way of ${showText(by)}, since invocations trade their URLs`)]),
    ...titles.map((title) => writeTitle(title, width, paint)),
  ]
}

function writeTitle({ locale, before, after }: TitleChange, width: number, paint: Paint): string {
  const op = before === undefined ? 'create' : after === undefined ? 'delete' : 'update'
  const color = colorOf(op, paint)
  const sign = `    ${color(SIGNS[op])} ${showText(locale).padEnd(width)} `
  if (op === 'update') return `${sign} ${showText(before ?? '')} ${color('→')} ${color(showText(after ?? ''))}`
  return `${sign} ${color(showText(after ?? before ?? ''))}`
}

function writeTotal(apps: readonly PlannedApp[], paint: Paint): string {
  const changes = apps.flatMap(({ plan }) => plan.changes)
  if (apps.some(({ plan }) => plan.problems.length > 0)) return paint.remove('Cannot be applied.')
  if (changes.length === 0) return paint.add('No changes.')
  const counts = countChanges(changes)
  const parts = [
    paint.add(`${counts.create} to create`),
    paint.change(`${counts.update} to update`),
    paint.remove(`${counts.delete} to delete`),
  ]
  return `${paint.strong('Plan:')} ${parts.join(', ')} (${changes.length === 1 ? '1 request' : `${changes.length} requests`}).`
}
