import { redact, type Entry } from './entry.ts'
import { EntryRing, type RingLimits } from './entry-ring.ts'

/** The latest requests and answers, within bounds, for whoever asks or follows. */
export interface Journal {
  /** Puts the entry at the end. Its tokens are gone from then on. */
  record(entry: Entry): void
  /** Those with higher numbers than that, all unless said, oldest first. Each is made when it is asked for. */
  entries(after?: number): Iterable<Entry>
  /** Calls for each entry as it is recorded, until what is returned is called. */
  follow(listener: (entry: Entry) => void): () => void
  /** Forgets the entries of a team. */
  forgetTeam(team: number): void
}

const MOST: RingLimits = { entries: 1000, bytes: 16 * 1024 * 1024 }

export function createJournal(limits: RingLimits = MOST): Journal {
  const ring = new EntryRing(limits)
  const listeners = new Set<(entry: Entry) => void>()
  let recorded = 0
  return {
    record(entry) {
      recorded += 1
      entry.number = recorded
      entry.milliseconds = performance.now() - entry.startedAt
      redact(entry.requestHeaders)
      ring.add(entry)
      if (listeners.size > 0) for (const listener of listeners) listener(entry)
    },
    entries: (after = 0) => ring.entriesAfter(after),
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    forgetTeam: (team) => ring.forgetTeam(team),
  }
}
