/** What hides something: for the log. */
export interface HidingFault {
  readonly fault: string
  readonly why: string
}

/** Ids that writes of a team do not find for a while, although reads do. */
export interface HiddenBuilds {
  /** Whether nothing is hidden at all. */
  readonly isEmpty: boolean
  hide(team: number, ids: readonly string[], seconds: number, by: HidingFault): void
  /** What hides the id from the team; undefined when nothing does. */
  find(team: number, id: string): HidingFault | undefined
  /** Shows what is hidden from a team, or everything. */
  clear(team: number | undefined): void
}

interface Hidden {
  readonly ids: ReadonlySet<string>
  /** Milliseconds since 1970. */
  readonly until: number
  readonly by: HidingFault
}

const SECOND_MILLISECONDS = 1000

/** Nothing hidden to begin with. */
export function createHiddenBuilds(now: () => number): HiddenBuilds {
  const hidden = new Map<number, readonly Hidden[]>()

  function dropPast(team: number): readonly Hidden[] {
    const at = now()
    const left = (hidden.get(team) ?? []).filter(({ until }) => at < until)
    if (left.length === 0) hidden.delete(team)
    else hidden.set(team, left)
    return left
  }

  return {
    get isEmpty() {
      return hidden.size === 0
    },
    hide(team, ids, seconds, by) {
      const until = now() + seconds * SECOND_MILLISECONDS
      hidden.set(team, [...(hidden.get(team) ?? []), { ids: new Set(ids), until, by }])
    },
    find: (team, id) => dropPast(team).find(({ ids }) => ids.has(id))?.by,
    clear(team) {
      if (team === undefined) hidden.clear()
      else hidden.delete(team)
    },
  }
}
