import { BUILT_IN_SEEDS, isBuiltInSeed } from './built-in.ts'
import { readSeed } from './read-seed.ts'
import type { Seed } from './seed.ts'

export type { MadeKey } from './made-key.ts'
export {
  plantSeed,
  plantTeams,
  prepareKey,
  replantTeam,
  SEED_SNAPSHOT,
  type PlantedTeam,
  type Planting,
} from './plant-seed.ts'
export { readSeed } from './read-seed.ts'
export { SeedRefused, type Seed, type SeedKey, type SeedTeam } from './seed.ts'
export { writeSeed, type SeededTeam } from './write-seed.ts'

/** The seed of that name: one that comes with the service, or what `read` reads. Problems name it as `fileName`. */
export async function readNamedSeed(
  name: string,
  fileName: string,
  read: (name: string) => Promise<string>,
): Promise<Seed> {
  return isBuiltInSeed(name) ? readSeed(BUILT_IN_SEEDS[name], name) : readSeed(await read(name), fileName)
}
