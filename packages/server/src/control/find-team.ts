import { refuse } from '@clipflight/contract'
import type { Storage, Team } from '../storage/storage.ts'

/** The team of that number, or 404. */
export async function findTeam(storage: Storage, number: number): Promise<Team> {
  return (await storage.findTeam(number)) ?? refuse({ code: 'NOT_FOUND', detail: `There is no team ${number}.` })
}
