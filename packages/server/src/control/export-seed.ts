import type { Input } from '@clipflight/control'
import { writeSeed, type SeededTeam } from '../seed/index.ts'
import { findTeam } from './find-team.ts'
import type { ControlParts } from './parts.ts'

export async function exportSeed({ storage }: ControlParts, { team }: Input<'exportSeed'>): Promise<string> {
  const teams = team === undefined ? await storage.listTeams() : [await findTeam(storage, team)]
  const seeded: SeededTeam[] = []
  for (const each of teams) seeded.push({ team: each, keys: await storage.listKeys(each.number) })
  return storage.read((reader) => writeSeed(reader, seeded))
}
