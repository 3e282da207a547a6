import type { Command } from 'commander'
import type { Team } from '@clipflight/control'
import type { Column } from '../../print/table.ts'
import { findTeam } from '../../control/find-team.ts'
import { addExamples } from '../options.ts'
import { addYesOption, controlled, type YesOptions } from './controlled.ts'
import {
  addKeyFolderOption,
  addRoleOption,
  keepKeys,
  makeKeyFolder,
  printPrivateKeys,
  type KeyFolderOptions,
  type RoleOptions,
} from './made-keys.ts'
import { readSeedText, sendSeed } from './read-seed-text.ts'

interface CreateOptions extends KeyFolderOptions, RoleOptions {
  readonly seed?: string
}

const COLUMNS: readonly Column<Team>[] = [
  { title: 'TEAM', text: ({ team }) => String(team), whole: true },
  { title: 'NAME', text: ({ name }) => name },
  { title: 'ISSUER ID', text: ({ issuerId }) => issuerId, whole: true },
]

/** The noun `sandbox teams`. */
export function addTeams(sandbox: Command): void {
  const teams = sandbox
    .command('teams')
    .summary('sandboxes within the service, which see nothing of each other')
    .description('Teams: sandboxes within one service, which see nothing of each other.')
  addList(teams)
  addCreate(teams)
  addDelete(teams)
}

function addList(teams: Command): void {
  const list = teams.command('list').summary('list the teams').description('List the teams.')
  controlled(list, async ({ control, printer }) => {
    const found = await control.listTeams()
    await printer.list(found.teams, found.teams, COLUMNS, 'The service has no team.')
  })
  addExamples(list, ['sandbox teams list', 'with their numbers'])
}

function addCreate(teams: Command): void {
  const create = teams
    .command('create')
    .summary('make a team, with keys and data')
    .description(
      'Make a team, with keys and the data of a seed. The private halves of the keys are shown this once, and kept nowhere.',
    )
    .argument('[name]', 'its name')
    .option('--seed <file>', 'what it starts with: demo, none, or a seed file (default: none)')
  addKeyFolderOption(addRoleOption(create))
  controlled<CreateOptions>(create, async ({ control, printer, format }, { seed, role, keysTo }, [name]) => {
    await makeKeyFolder(keysTo)
    const creation = {
      ...(name === undefined ? {} : { name }),
      ...(seed === undefined ? {} : { seed: readSeedText(seed) }),
      ...(role === undefined ? {} : { keys: [{ roles: [...role] }] }),
    }
    const made = await sendSeed(seed ?? '', () => control.createTeam(creation))
    const keys = keepKeys(made.keys, keysTo)
    await printer.one({ ...made, keys }, made, [
      { title: 'Team', text: ({ team }) => String(team) },
      { title: 'Name', text: (each) => each.name },
      { title: 'Issuer id', text: ({ issuerId }) => issuerId },
      { title: 'Keys', text: () => keys.map(({ id, roles }) => `${id} (${roles.join(', ')})`).join(', ') },
      { title: 'Private keys', text: () => keys.flatMap((key) => key.privateKeyPath ?? []).join(', ') },
    ])
    if (format === 'table') printPrivateKeys(keys)
  })
  addExamples(
    create,
    ['sandbox teams create tea --seed team.yaml --keys-to keys', 'with the data of a file, and its keys as .p8 files'],
    ['sandbox teams create --seed demo --role DEVELOPER -o json', 'for a test: all that it needs, as JSON'],
  )
}

function addDelete(teams: Command): void {
  const remove = teams
    .command('delete')
    .summary('remove a team and everything of it')
    .description('Remove a team and everything of it.')
    .argument('<team>', 'its number or name')
  addYesOption(remove)
  controlled<YesOptions>(remove, async ({ control, printer, confirm }, options, [named]) => {
    const { team, name } = await findTeam(control, named, 'in the place of its name')
    await confirm(`Remove team ${team}, '${name}', and everything of it?`, options)
    await control.deleteTeam({ team })
    await printer.done({ deleted: { team } }, `Removed team ${team}, '${name}'`)
  })
  addExamples(remove, ['sandbox teams delete tea --yes', 'without asking'])
}
