import { MOST_LOGGED_REQUESTS } from '@clipflight/control/most-logged-requests'
import type { Entry } from './entry.ts'
import { EntryRing, type RingLimits } from './entry-ring.ts'

/** The latest requests and answers, within bounds, for whoever asks or follows. */
export interface Journal {
  /** Puts a copy of the entry at the end, without its tokens. */
  record(entry: Entry): void
  /** Those with higher numbers than that, all unless said, oldest first. Each is made when it is asked for. */
  entries(after?: number): Iterable<Entry>
  /** Calls for each entry that is recorded from now on, until what is returned is called. */
  follow(listener: (entry: Entry) => void): () => void
  /** Forgets the entries of a team. */
  forgetTeam(team: number): void
}

const MOST: RingLimits = { entries: MOST_LOGGED_REQUESTS, bytes: 16 * 1024 * 1024 }

export function createJournal(limits: RingLimits = MOST): Journal {
  const ring = new EntryRing(limits)
  const listeners = new Set<(entry: Entry) => void>()
  let recorded = 0
  return {
    record(entry) {
      recorded += 1
      entry.number = recorded
      ring.add(entry)
      if (listeners.size === 0) return
      const [added] = ring.entriesAfter(recorded - 1)
      if (added !== undefined) for (const listener of listeners) listener(added)
    },
    entries: (after = 0) => ring.entriesAfter(after),
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    forgetTeam: (team) => ring.forgetTeam(team),
  }
}
