/** Longer ones are refused: what looking at a path costs is, at the worst, their length times that of the path. */
export const LONGEST_PATH_PATTERN = 200

/** Says whether a path is one that was meant. */
export interface PathPattern {
  test(path: string): boolean
}

const SLASH = 47
const WORD_BITS = 32

/**
 * What a path must be: `*` stands for any part between slashes, `**` for any number of them. No regular expression, which
 * would try every way to share a path out among several `**`: eight of them took a minute for sixty characters (measured).
 *
 * A place in the pattern is a bit, counted by the characters before it that are no stars; where one may be moves on with
 * each character of the path for all places at once. Followed one by one, sixty stars took 95 ms for a long path (measured).
 */
export function toPathPattern(glob: string): PathPattern {
  const [beginning = ''] = glob.split('*', 1)
  // Of stars side by side, the one that stands for most says all.
  const steps = glob.slice(beginning.length).match(/\*{2,}|[^]/g) ?? []
  const end = steps.filter((step) => !step.startsWith('*')).length
  const noPlaces = (): Uint32Array => new Uint32Array(Math.floor(end / WORD_BITS) + 1)
  /** Where one may stay with any character, and with any but a slash. */
  const anywhere = noPlaces()
  const withinPart = noPlaces()
  /** By character: from where one goes on with it. */
  const onward = new Map<number, Uint32Array>()
  let place = 0
  for (const step of steps) {
    if (step === '*') add(withinPart, place)
    else if (step.startsWith('*')) {
      add(anywhere, place)
      add(withinPart, place)
    } else {
      const character = step.charCodeAt(0)
      const places = onward.get(character) ?? noPlaces()
      add(places, place)
      onward.set(character, places)
      place += 1
    }
  }
  const takesTheRest = has(anywhere, end)
  const nowhere = noPlaces()

  return {
    test(path) {
      if (!path.startsWith(beginning)) return false
      const places = noPlaces()
      add(places, 0)
      for (let index = beginning.length; index < path.length; index += 1) {
        if (takesTheRest && has(places, end)) return true
        const character = path.charCodeAt(index)
        const going = onward.get(character) ?? nowhere
        const staying = character === SLASH ? anywhere : withinPart
        if (!advance(places, going, staying)) return false
      }
      return has(places, end)
    },
  }
}

/** Moves every place on that goes on, keeps those that stay, and says whether any is left. */
function advance(places: Uint32Array, going: Uint32Array, staying: Uint32Array): boolean {
  let carried = 0
  let left = 0
  for (let word = 0; word < places.length; word += 1) {
    const before = places[word] ?? 0
    const gone = before & (going[word] ?? 0)
    const after = (gone << 1) | carried | (before & (staying[word] ?? 0))
    carried = gone >>> (WORD_BITS - 1)
    places[word] = after
    left |= after
  }
  return left !== 0
}

function add(places: Uint32Array, place: number): void {
  const word = Math.floor(place / WORD_BITS)
  places[word] = (places[word] ?? 0) | (1 << (place % WORD_BITS))
}

function has(places: Uint32Array, place: number): boolean {
  return ((places[Math.floor(place / WORD_BITS)] ?? 0) & (1 << (place % WORD_BITS))) !== 0
}
