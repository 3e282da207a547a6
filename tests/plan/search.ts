/**
 * Every state that a bundle can get into, and how many requests it takes to get there. It knows what the service
 * takes and nothing of how plans are made, so that plans can be compared with it.
 */

/** URLs and titles are numbers; title 0 is none. */
export interface Content {
  readonly url: number
  readonly titles: readonly number[]
}

/** `origin` is the place in the state at the beginning, or `NEW` for what was created since. */
export interface Member extends Content {
  readonly origin: number
}

export interface World {
  readonly urls: number
  /** How many titles there are to choose from, for each locale. */
  readonly titles: readonly number[]
}

export const NEW = 3

const MAX_INVOCATIONS = 3

/** Every bundle that the first `urls` URLs allow, each invocation with a title. */
export function bundlesOf(world: World, urls: number): readonly (readonly Content[])[] {
  let bundles: readonly (readonly Content[])[] = [[]]
  for (let url = 0; url < urls; url++) {
    const contents = contentsOf(world).filter((content) => content.url === url)
    bundles = [...bundles, ...bundles.flatMap((bundle) => contents.map((content) => [...bundle, content]))]
  }
  return bundles.filter(({ length }) => length <= MAX_INVOCATIONS)
}

/** How many requests each state takes that can be reached from `start`, by the state's key. */
export function distancesFrom(start: readonly Content[], world: World): ReadonlyMap<string, number> {
  const contents = contentsOf(world)
  const first = start.map((content, origin) => ({ ...content, origin }))
  const distances = new Map([[keyOf(first), 0]])
  let edge: (readonly Member[])[] = [first]
  for (let distance = 1; edge.length > 0; distance++) {
    const next: (readonly Member[])[] = []
    for (const state of edge) {
      for (const neighbour of neighboursOf(state, contents, world)) {
        const key = keyOf(neighbour)
        if (distances.has(key)) continue
        distances.set(key, distance)
        next.push(neighbour)
      }
    }
    edge = next
  }
  return distances
}

/** The same for states that differ in order only. */
export function keyOf(members: readonly Member[]): string {
  const codes = members.map(({ origin, url, titles }) => {
    let code = origin * 10 + url
    for (const title of titles) code = code * 10 + title
    return code
  })
  return codes.sort((one, other) => one - other).join()
}

function contentsOf({ urls, titles }: World): readonly Content[] {
  let all: readonly (readonly number[])[] = [[]]
  for (const count of titles) {
    all = all.flatMap((begun) => Array.from({ length: count + 1 }, (_, title) => [...begun, title]))
  }
  const titled = all.filter((each) => each.some((title) => title > 0))
  return Array.from({ length: urls }, (_, url) => titled.map((each) => ({ url, titles: each }))).flat()
}

/** Every state that is one request away and that the service takes. */
function* neighboursOf(
  state: readonly Member[],
  contents: readonly Content[],
  { urls, titles }: World,
): Generator<readonly Member[]> {
  const isFree = (url: number): boolean => state.every((member) => member.url !== url)
  if (state.length < MAX_INVOCATIONS) {
    for (const content of contents) if (isFree(content.url)) yield [...state, { ...content, origin: NEW }]
  }
  for (const [index, member] of state.entries()) {
    yield state.toSpliced(index, 1)
    for (let url = 0; url < urls; url++) if (isFree(url)) yield state.with(index, { ...member, url })
    for (const [locale, count] of titles.entries()) {
      for (let title = 0; title <= count; title++) {
        if (title === member.titles[locale]) continue
        yield state.with(index, { ...member, titles: member.titles.with(locale, title) })
      }
    }
  }
}
