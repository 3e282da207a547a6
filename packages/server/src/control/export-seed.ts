import type { Input } from '@clipflight/control'
import { writeSeed, type SeededTeam } from '../seed/index.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'

export async function exportSeed({ storage, schedule }: ControlParts, { team }: Input<'exportSeed'>): Promise<string> {
  const wanted = team === undefined ? (await storage.listTeams()).map(({ number }) => number) : [team]
  for (const number of wanted) await schedule.catchUp(number)
  return storage.read(async (reader) => {
    const teams = team === undefined ? await reader.listTeams() : [await findTeam(reader, team)]
    const seeded: SeededTeam[] = []
    for (const each of teams) seeded.push({ team: each, keys: await reader.listKeys(each.number) })
    return writeSeed(reader, seeded)
  })
}
