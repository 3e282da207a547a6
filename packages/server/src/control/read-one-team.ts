import { refuse } from '@clipflight/contract'
import { LRUCache } from 'lru-cache'
import { readNamedSeed, SeedRefused, type Seed, type SeedTeam } from '../seed/index.ts'

/** A seed of one team. */
export interface OneTeam extends Seed {
  readonly teams: readonly [SeedTeam]
}

/** Tests give many teams one seed; reading it takes longer than planting it (measured). */
const known = new LRUCache<string, OneTeam>({
  max: 20,
  maxSize: 4 * 1024 * 1024,
  sizeCalculation: (_, text) => text.length,
})

/** The built-in seed of that name, or the one that the text is the YAML of. Refuses what is not of one team. */
export async function readOneTeam(text: string): Promise<OneTeam> {
  const before = known.get(text)
  if (before !== undefined) return before
  const seed = await refusingSeeds(() => readNamedSeed(text, 'seed', () => Promise.resolve(text)))
  const [team, ...others] = seed.teams
  if (team === undefined || others.length > 0) {
    refuse({
      code: 'ENTITY_UNPROCESSABLE',
      detail: `The seed must have one team, and has ${seed.teams.length}.`,
      source: { pointer: '/seed' },
    })
  }
  const read: OneTeam = { ...seed, teams: [team] }
  known.set(text, read)
  return read
}

/** What is wrong with a seed becomes the answer: each problem with its line. */
export async function refusingSeeds<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof SeedRefused)) throw error
    refuse({ code: 'ENTITY_UNPROCESSABLE', detail: error.message, source: { pointer: '/seed' } })
  }
}
