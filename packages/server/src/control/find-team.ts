import { refuse } from '@clipflight/contract'
import type { Team, TeamReader } from '../storage/storage.ts'

/** The team of that number, or 404. */
export async function findTeam(reader: TeamReader, number: number): Promise<Team> {
  return (await reader.findTeam(number)) ?? refuse({ code: 'NOT_FOUND', detail: `There is no team ${number}.` })
}
