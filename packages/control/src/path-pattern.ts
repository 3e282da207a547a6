/** Longer ones are refused: what looking at a path costs is, at the worst, their length times that of the path. */
export const LONGEST_PATH_PATTERN = 200

/** Says whether a path is one that was meant. */
export interface PathPattern {
  test(path: string): boolean
}

const ANY_PARTS = '**'
const ANY_OF_A_PART = '*'

/**
 * What a path must be: `*` stands for any part between slashes, `**` for any number of them. No regular expression, which
 * would try every way to share a path out among several `**`: eight of them took a minute for sixty characters (measured).
 */
export function toPathPattern(glob: string): PathPattern {
  // Of stars side by side, the one that stands for most says all.
  const steps = glob
    .replaceAll(/\*{2,}/g, ANY_PARTS)
    .split(/(\*\*|[^])/)
    .filter((step) => step !== '')
  const [beginning = ''] = glob.split('*', 1)
  const begin = beginning.length
  return {
    test(path) {
      if (!path.startsWith(beginning)) return false
      let places: readonly number[] = [begin]
      for (let index = begin; index < path.length && places.length > 0; index += 1) {
        const [first = 0, second] = places
        if (second === undefined && steps[first] === ANY_PARTS) {
          // Everything is passed over up to what may come next.
          const following = steps[first + 1]
          if (following === undefined) return true
          index = path.indexOf(following, index)
          if (index < 0) return false
        }
        places = advance(steps, places, path.charAt(index))
      }
      return places.some((place) => place === steps.length || (isStar(steps[place]) && place + 1 === steps.length))
    },
  }
}

/**
 * Where in the pattern one may be after one more character, in ascending order. A star stands for nothing too, so that who
 * is at one may also be at what is behind it, which is no star.
 */
function advance(steps: readonly string[], places: readonly number[], character: string): readonly number[] {
  const next: number[] = []
  let latest = -1
  for (const place of places) {
    const step = steps[place]
    const stays = step === ANY_PARTS || (step === ANY_OF_A_PART && character !== '/')
    if (stays && place !== latest) next.push((latest = place))
    const literal = isStar(step) ? place + 1 : place
    if (steps[literal] === character && literal + 1 !== latest) next.push((latest = literal + 1))
  }
  return next
}

function isStar(step: string | undefined): boolean {
  return step === ANY_OF_A_PART || step === ANY_PARTS
}
