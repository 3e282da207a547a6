import type { Command } from 'commander'
import type { Snapshot } from '@clipflight/control'
import { formatTime } from '../../print/format-time.ts'
import type { Column } from '../../print/table.ts'
import { addExamples } from '../options.ts'
import { addYesOption, controlledTeam, type YesOptions } from './controlled.ts'

const COLUMNS: readonly Column<Snapshot>[] = [
  { title: 'NAME', text: ({ name }) => name, whole: true },
  { title: 'SAVED', text: ({ savedAt }) => formatTime(savedAt) },
]

/** The noun `sandbox snapshot`. */
export function addSnapshot(sandbox: Command): void {
  const snapshot = sandbox
    .command('snapshot')
    .summary('keep the data of a team under a name, and bring it back')
    .description('Keep the data of a team under a name, and bring it back.')
  addSave(snapshot)
  addList(snapshot)
  addRestore(snapshot)
  addDelete(snapshot)
}

function addSave(snapshot: Command): void {
  const save = snapshot
    .command('save')
    .summary('keep it under a name')
    .description('Keep the data of a team under a name, in the place of what had that name.')
    .argument('<name>', "letters, digits, '.', '_' and '-'")
  controlledTeam(save, async ({ control, printer, team }, _options, [name = '']) => {
    const saved = await control.saveSnapshot({ team, name })
    const instead = saved.replaced ? ', in the place of what had that name' : ''
    await printer.done({ team, ...saved }, `Saved team ${team} as '${name}'${instead}`)
  })
  addExamples(save, ['sandbox snapshot save before-release', 'to come back to'])
}

function addList(snapshot: Command): void {
  const list = snapshot.command('list').summary('list them').description('List the snapshots of a team.')
  controlledTeam(list, async ({ control, printer, team }) => {
    const { snapshots } = await control.listSnapshots({ team })
    await printer.list(snapshots, snapshots, COLUMNS, `Team ${team} has no snapshots.`)
  })
  addExamples(list, ['sandbox snapshot list', 'of the only team'])
}

function addRestore(snapshot: Command): void {
  const restore = snapshot
    .command('restore')
    .summary('bring it back')
    .description(
      'Bring the data of a team back to a snapshot. Its faults, and its requests in the log, are gone; keys stay.',
    )
    .argument('<name>', 'of the snapshot')
  controlledTeam(restore, async ({ control, printer, team }, _options, [name = '']) => {
    await control.restoreSnapshot({ team, snapshot: name })
    await printer.done({ restored: { team, snapshot: name } }, `Team ${team} is as '${name}' has it`)
  })
  addExamples(restore, ['sandbox snapshot restore before-release', 'as it was'])
}

function addDelete(snapshot: Command): void {
  const remove = snapshot
    .command('delete')
    .summary('forget it')
    .description('Forget a snapshot. The team stays as it is.')
    .argument('<name>', 'of the snapshot')
  addYesOption(remove)
  controlledTeam<YesOptions>(remove, async ({ control, printer, confirm, team }, options, [name = '']) => {
    await confirm(`Forget the snapshot '${name}' of team ${team}?`, options)
    await control.deleteSnapshot({ team, snapshot: name })
    await printer.done({ deleted: { team, snapshot: name } }, `Forgot '${name}'`)
  })
  addExamples(remove, ['sandbox snapshot delete before-release --yes', 'without asking'])
}
