import { countChanges, groupChanges, type InvocationGroup } from '@clipflight/plan'
import { code } from './code.ts'
import { nameTarget, type PlannedApp } from './planned-app.ts'

/** GitHub takes comments of 65,536 characters; this leaves room for what a workflow puts around the plan. */
const MAX_CHARACTERS = 60_000

/** What a plan would change, for a comment on a pull request: what happens to each invocation, and behind a fold every title. */
export function writePlanMarkdown(apps: readonly PlannedApp[]): string {
  const overview = apps.map(writeOverview).join('\n')
  return `${overview}${writeTitles(
    apps.map(({ plan }) => plan.changes),
    overview.length,
  )}`
}

function writeOverview(planned: PlannedApp): string {
  const { app, plan } = planned
  const { changes, unchanged, unlisted, problems } = plan
  const rows = [
    ...writeRows({ changes, unchanged }),
    ...unlisted.map(({ url }) => `| not listed | ${code(url)} | ${problems.length > 0 ? '' : 'left alone'} |`),
  ]
  return [
    `### Clipflight: ${code(app)}, ${code(nameTarget(planned))}`,
    '',
    ...(problems.length > 0
      ? ['**Cannot be applied.**', '', ...problems.map((problem) => `- ${code(problem)}`)]
      : [writeSummary(plan.changes)]),
    '',
    ...(rows.length > 0 ? ['| | invocation | |', '|---|---|---|', ...rows, ''] : []),
  ].join('\n')
}

function writeSummary(changes: PlannedApp['plan']['changes']): string {
  if (changes.length === 0) return '**No changes.**'
  const counts = countChanges(changes)
  return `**${counts.create} to create, ${counts.update} to update, ${counts.delete} to delete.**`
}

/** A row of a table for each invocation. */
export function writeRows({
  changes,
  unchanged,
}: Pick<PlannedApp['plan'], 'changes' | 'unchanged'>): readonly string[] {
  return [...groupChanges(changes).map(writeGroup), ...unchanged.map(({ url }) => `| unchanged | ${code(url)} | |`)]
}

const SIGNS = { create: '🟢 create', update: '🟡 update', delete: '🔴 delete' } as const

function writeGroup({ op, before, after, by, titles }: InvocationGroup): string {
  const url =
    before === undefined || after === undefined || before === after
      ? code(after ?? before ?? '')
      : `${code(before)}<br>→ ${code(after)}${by === undefined ? '' : `<br>by way of ${code(by)}`}`
  const locales = titles.map(({ locale }) => code(locale)).join(', ')
  return `| ${SIGNS[op]} | ${url} | ${locales === '' ? '' : `${titles.length === 1 ? 'title' : 'titles'}: ${locales}`} |`
}

/** Behind a fold a row for each title, of each list of changes, as many as fit behind so many characters. */
export function writeTitles(lists: readonly PlannedApp['plan']['changes'][], written: number): string {
  const room = MAX_CHARACTERS - written
  const rows = lists.flatMap((changes) =>
    groupChanges(changes).flatMap(({ before, after, titles }) =>
      titles.map(
        (title) =>
          `| ${code(after ?? before ?? '')} | ${code(title.locale)} | ${cell(title.before)} | ${cell(title.after)} |`,
      ),
    ),
  )
  if (rows.length === 0) return ''
  const head = '\n<details><summary>Titles</summary>\n\n| invocation | locale | before | after |\n|---|---|---|---|\n'
  const foot = '\n</details>\n'
  const writeRest = (count: number): string =>
    count === 0 ? '' : `\n${count} more, for which a comment has no room.\n`
  const end = room - head.length - foot.length - writeRest(rows.length).length
  let text = ''
  let shown = 0
  for (const row of rows) {
    if (text.length + row.length >= end) break
    text += `${row}\n`
    shown++
  }
  return `${head}${text}${writeRest(rows.length - shown)}${foot}`
}

function cell(title: string | undefined): string {
  return title === undefined ? '' : code(title)
}
