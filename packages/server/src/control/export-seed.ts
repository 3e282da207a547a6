import type { Input } from '@clipflight/control'
import { writeSeed, type SeededTeam } from '../seed/index.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'

export async function exportSeed({ storage }: ControlParts, { team }: Input<'exportSeed'>): Promise<string> {
  return storage.read(async (reader) => {
    const teams = team === undefined ? await reader.listTeams() : [await findTeam(reader, team)]
    const seeded: SeededTeam[] = []
    for (const each of teams) seeded.push({ team: each, keys: await reader.listKeys(each.number) })
    return writeSeed(reader, seeded)
  })
}
