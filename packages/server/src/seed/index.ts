import { BUILT_IN_SEEDS, isBuiltInSeed } from './built-in.ts'
import { readSeed } from './read-seed.ts'
import type { Seed } from './seed.ts'

export type { MadeKey } from './made-key.ts'
export { plantSeed, type Planting } from './plant-seed.ts'
export { readSeed } from './read-seed.ts'
export { SeedRefused, type Seed } from './seed.ts'

/** The seed of that name: one that comes with the service, or the file at that path. */
export async function readNamedSeed(name: string, readFile: (path: string) => Promise<string>): Promise<Seed> {
  return isBuiltInSeed(name) ? readSeed(BUILT_IN_SEEDS[name], name) : readSeed(await readFile(name), name)
}
