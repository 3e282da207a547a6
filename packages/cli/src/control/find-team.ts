import type { Team } from '@clipflight/control'
import { CommandError, notFound } from '../command-error.ts'
import { EXIT_USAGE } from '../exit-codes.ts'
import type { ControlClient } from './open-control.ts'

/** The team with that number or name; the only one where none is named. `by` is how a verb has it named. */
export async function findTeam(control: ControlClient, named: string | undefined, by = 'with --team'): Promise<Team> {
  const { teams } = await control.listTeams()
  const fitting = named === undefined ? teams : teamsNamed(teams, named)
  const [team, ...others] = fitting
  if (team === undefined) {
    throw named === undefined
      ? notFound('The service has no team', 'Make one: clipflight sandbox teams create')
      : notFound(`There is no team '${named}' by number or name`, `There is:\n${listTeams(teams)}`)
  }
  if (others.length === 0) return team
  const message =
    named === undefined
      ? `There are several teams: say which by its number or name, ${by}`
      : `Several teams are named '${named}': say which by its number, ${by}`
  throw new CommandError(`${message}\n${listTeams(fitting)}`, {
    exitCode: EXIT_USAGE,
    facts: { candidates: fitting },
  })
}

/** What narrows to the team with that number or name; nothing where none is named, which is to mean all. */
export async function onlyTeam(control: ControlClient, named: string | undefined): Promise<{ readonly team?: number }> {
  return named === undefined ? {} : { team: (await findTeam(control, named)).team }
}

function teamsNamed(teams: readonly Team[], named: string): readonly Team[] {
  const numbered = teams.find(({ team }) => String(team) === named)
  return numbered === undefined ? teams.filter(({ name }) => name === named) : [numbered]
}

function listTeams(teams: readonly Team[]): string {
  return teams.map(({ team, name }) => `  ${team}  ${name}`).join('\n')
}
