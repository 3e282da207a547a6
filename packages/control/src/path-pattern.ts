/** Longer ones are refused: what looking at a path costs is their length times that of the path. */
export const LONGEST_PATH_PATTERN = 200

/** Says whether a path is one that was meant. */
export interface PathPattern {
  test(path: string): boolean
}

/**
 * What a path must be: `*` stands for any part between slashes, `**` for any number of them. No regular expression, which
 * would try every way to share a path out among several `**`: eight of them took a minute for sixty characters (measured).
 */
export function toPathPattern(glob: string): PathPattern {
  const steps = glob.split(/(\*\*|[^])/).filter((step) => step !== '')
  return {
    test(path) {
      let places = withSkipped(steps, new Set([0]))
      for (let index = 0; index < path.length && places.size > 0; index += 1) {
        places = withSkipped(steps, advance(steps, places, path.charAt(index)))
      }
      return places.has(steps.length)
    },
  }
}

/** Where in the pattern one may be after one more character. */
function advance(steps: readonly string[], places: ReadonlySet<number>, character: string): Set<number> {
  const next = new Set<number>()
  for (const place of places) {
    const step = steps[place]
    if (step === '**' || (step === '*' && character !== '/')) next.add(place)
    else if (step === character && step !== '*') next.add(place + 1)
  }
  return next
}

/** Stars stand for nothing too. A set that grows while it is gone through is gone through to its end. */
function withSkipped(steps: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (steps[place]?.startsWith('*') === true) places.add(place + 1)
  return places
}
