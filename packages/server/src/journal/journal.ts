import { lengthOf, redact, type Entry } from './entry.ts'

export interface JournalLimits {
  readonly entries: number
  readonly bytes: number
}

/** The latest requests and answers, within bounds, for whoever asks or follows. */
export interface Journal {
  /** Puts the entry at the end. Its tokens are gone from then on. */
  record(entry: Entry): void
  /** Oldest first. */
  entries(): readonly Entry[]
  /** Calls for each entry as it is recorded, until what is returned is called. */
  follow(listener: (entry: Entry) => void): () => void
  /** Forgets the entries of a team. */
  forgetTeam(team: number): void
}

const MOST: JournalLimits = { entries: 1000, bytes: 16 * 1024 * 1024 }

/** What an entry takes beside its bodies and its URL: its headers and itself. */
const BYTES_PER_ENTRY = 2048

export function createJournal({ entries: most, bytes: mostBytes }: JournalLimits = MOST): Journal {
  const ring: (Entry | undefined)[] = Array.from({ length: most }, () => undefined)
  /** Of the entries of the ring: what leaves it is not looked at again, for it is in no cache of the machine. */
  const sizes = new Uint32Array(most)
  const listeners = new Set<(entry: Entry) => void>()
  /** Place of the oldest. */
  let first = 0
  let count = 0
  let bytes = 0
  let recorded = 0

  function dropOldest(): void {
    bytes -= sizes[first] ?? 0
    ring[first] = undefined
    first = (first + 1) % most
    count -= 1
  }

  function add(entry: Entry): void {
    if (count === most) dropOldest()
    const place = (first + count) % most
    const size = sizeOf(entry)
    ring[place] = entry
    sizes[place] = size
    count += 1
    bytes += size
    // The entry itself stays: no single one comes near the bound.
    while (bytes > mostBytes && count > 1) dropOldest()
  }

  const entries = (): readonly Entry[] =>
    Array.from({ length: count }, (_, place) => ring[(first + place) % most]).filter((entry) => entry !== undefined)

  return {
    record(entry) {
      recorded += 1
      entry.number = recorded
      entry.milliseconds = performance.now() - entry.startedAt
      redact(entry.requestHeaders)
      add(entry)
      if (listeners.size > 0) for (const listener of listeners) listener(entry)
    },
    entries,
    follow(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    forgetTeam(team) {
      const kept = entries().filter((entry) => entry.team !== team)
      if (kept.length === count) return
      ring.fill(undefined)
      first = 0
      count = 0
      bytes = 0
      for (const entry of kept) add(entry)
    },
  }
}

function sizeOf({ url, requestBody, answerBody }: Entry): number {
  return BYTES_PER_ENTRY + url.length + lengthOf(requestBody) + lengthOf(answerBody)
}
