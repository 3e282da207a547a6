/** Numbers from 0 to below 1 that look drawn by lot, and are the same for the same seed. Mulberry32, by Tommy Ettinger. */
export function createChance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One seed for each of several things that share a seed; FNV-1a over the numbers. */
export function seedOf(seed: number, ...parts: readonly number[]): number {
  let hash = 0x811c9dc5
  for (const part of [seed, ...parts]) hash = Math.imul(hash ^ part, 0x01000193) + (part >>> 13)
  return hash
}

/** A number around a mean as heights of people are. Box and Muller's way. */
export function drawNormal(chance: () => number, mean: number, deviation: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance()))
  return mean + deviation * radius * Math.cos(2 * Math.PI * chance())
}
