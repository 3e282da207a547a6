import type { Command } from 'commander'
import type { Fault, Preset } from '@clipflight/control'
import { isSpent } from '@clipflight/control/is-spent'
import { presets } from '@clipflight/control/presets'
import { wrongUsage } from '../../command-error.ts'
import { describeMatch, describeThen, describeWhen } from '../../print/describe-fault.ts'
import type { Column } from '../../print/table.ts'
import { onlyTeam } from '../../control/find-team.ts'
import { addExamples } from '../options.ts'
import { controlled, type TeamOptions } from './controlled.ts'
import { addRuleOptions, toFault, type RuleOptions } from './fault-options.ts'

const COLUMNS: readonly Column<Fault>[] = [
  { title: 'ID', text: ({ id }) => id, whole: true },
  { title: 'PRESET', text: ({ preset }) => preset },
  { title: 'REQUESTS', text: ({ match }) => describeMatch(match) },
  { title: 'WHEN', text: ({ when }) => describeWhen(when) },
  { title: 'WHAT', text: ({ then }) => describeThen(then) },
  { title: 'STRUCK', text: (fault) => `${fault.struck} of ${fault.matched}${isSpent(fault) ? ', spent' : ''}` },
]

const PRESET_COLUMNS: readonly Column<Preset>[] = [
  { title: 'PRESET', text: ({ name }) => name, whole: true },
  { title: 'WHEN', text: ({ when }) => describeWhen(when) },
  { title: 'WHAT A CLIENT SEES', text: ({ description }) => description },
]

const PRESET_NAMES = presets.map(({ name }) => name)

/** The noun `sandbox faults`. */
export function addFaults(sandbox: Command): void {
  const faults = sandbox
    .command('faults')
    .summary("make requests go wrong, as Apple's were seen to")
    .description(
      "Make requests go wrong, as Apple's were seen to: rules that are asked in order, of which the first that strikes decides.",
    )
  addList(faults)
  addPresets(faults)
  addAdd(faults)
  addDelete(faults)
}

function addList(faults: Command): void {
  const list = faults
    .command('list')
    .summary('list those that are set up')
    .description('List the faults that are set up, and how often each struck.')
    .option('--team <team>', 'only those of this team; all unless said')
  controlled<TeamOptions>(list, async ({ control, printer }, { team }) => {
    const found = await control.listFaults(await onlyTeam(control, team))
    await printer.list(found.faults, found.faults, COLUMNS, 'No fault is set up.')
  })
  addExamples(list, ['sandbox faults list', 'with how often each struck'])
}

function addPresets(faults: Command): void {
  const list = faults
    .command('presets')
    .summary('list those that have a name')
    .description("List the faults that have a name: incidents of Apple's service.")
  controlled(list, async ({ control, printer }) => {
    const found = await control.listPresets()
    await printer.list(found.presets, found.presets, PRESET_COLUMNS, 'There are none.')
  })
  addExamples(list, ['sandbox faults presets', 'and what a client sees of each'])
}

function addAdd(faults: Command): void {
  const add = faults
    .command('add')
    .summary('set one up')
    .description('Set up a fault: a preset, or a rule. Options take the place of what these say.')
  add.addArgument(
    add.createArgument('[preset]', 'its name; `clipflight sandbox faults presets` says more').choices(PRESET_NAMES),
  )
  addRuleOptions(add.option('--team <team>', 'only requests of this team'))
  controlled<RuleOptions & TeamOptions>(add, async ({ control, printer }, options, [preset]) => {
    const fault = toFault(preset, options)
    const only = await onlyTeam(control, options.team)
    const made = await control.createFault('team' in only ? { ...fault, match: { ...fault.match, ...only } } : fault)
    const words = `${describeThen(made.then)}; ${describeWhen(made.when)}, for ${describeMatch(made.match)}`
    await printer.done(made, `Set up the fault ${made.id}: ${words}`)
  })
  addExamples(
    add,
    ['sandbox faults add applied-500', 'the next creation is carried out, and answered with 500'],
    ['sandbox faults add random-401 --probability 0.5 --path "/v1/builds**"', 'every other request for builds'],
    ['sandbox faults add --rule fault.yaml', 'a rule of your own (docs/sandbox.md)'],
  )
}

function addDelete(faults: Command): void {
  const remove = faults
    .command('delete')
    .summary('take one away, or all')
    .description('Take a fault away, or all.')
    .argument('[fault]', 'its id')
    .option('--all', 'all of them')
    .option('--team <team>', 'with --all: those of this team only')
  controlled<TeamOptions & { all?: true }>(remove, async ({ control, printer }, { all, team }, [fault]) => {
    if ((fault === undefined) !== (all === true))
      throw wrongUsage(
        'Which fault is meant?',
        'Name one by its id, or say --all. Those there are: clipflight sandbox faults list',
      )
    if (fault !== undefined) {
      if (team !== undefined) throw wrongUsage('--team belongs to --all: an id is of one fault')
      await control.deleteFault({ fault })
      return printer.done({ deleted: { fault } }, `Took the fault ${fault} away`)
    }
    const only = await onlyTeam(control, team)
    const { faults: listed } = await control.listFaults(only)
    await control.deleteFaults(only)
    // Those for all teams are listed with each one's, and stay.
    const faults = listed.filter(({ match }) => only.team === undefined || match.team === only.team)
    await printer.done({ deleted: { faults: faults.map(({ id }) => id) } }, `Took ${faults.length} faults away`)
  })
  addExamples(remove, ['sandbox faults delete --all', 'nothing goes wrong from here on'])
}
