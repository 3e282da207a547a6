/** One clock for all that asks for the time. It runs with the machine's until it is told otherwise. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly isFrozen: boolean
  /** Whether it was told nothing, or to go by the machine again. */
  readonly isMachines: boolean
  /** How far it is ahead of the machine's clock; negative when it is behind. */
  readonly aheadMilliseconds: number
  /** Stands still at the moment it shows. */
  freeze(): void
  /** Runs on from the moment it shows. */
  unfreeze(): void
  /** Shows that moment, in milliseconds since 1970; frozen or running as before. */
  set(at: number): void
  advance(milliseconds: number): void
  /** Shows the machine's time again, and runs. */
  release(): void
}

/** Dates beyond cannot be written with four digits of a year, and a build expires later than it was made. */
const EARLIEST = Date.parse('1970-01-01T00:00:00Z')
const LATEST = Date.parse('9998-12-31T23:59:59Z')

/** Whether a clock can show that moment, in milliseconds since 1970. */
export function canShow(at: number): boolean {
  return at >= EARLIEST && at <= LATEST
}

/** A clock that runs with the machine. */
export function createClock(machine: () => number = Date.now): Clock {
  let ahead = 0
  let frozenAt: number | undefined
  const now = (): number => frozenAt ?? machine() + ahead

  function set(at: number): void {
    refuseNonNumber(at)
    if (!canShow(at)) throw new RangeError('The clock shows years from 1970 to 9998.')
    if (frozenAt === undefined) ahead = at - machine()
    else frozenAt = at
  }

  return {
    now,
    get isFrozen() {
      return frozenAt !== undefined
    },
    get isMachines() {
      return ahead === 0 && frozenAt === undefined
    },
    get aheadMilliseconds() {
      return now() - machine()
    },
    freeze() {
      frozenAt = now()
    },
    unfreeze() {
      if (frozenAt === undefined) return
      ahead = frozenAt - machine()
      frozenAt = undefined
    },
    set,
    advance(milliseconds) {
      refuseNonNumber(milliseconds)
      set(now() + milliseconds)
    },
    release() {
      ahead = 0
      frozenAt = undefined
    },
  }
}

/** What is no number would be taken over by everything that is dated from then on. */
function refuseNonNumber(milliseconds: unknown): void {
  if (typeof milliseconds === 'number' && Number.isFinite(milliseconds)) return
  throw new RangeError(`The clock is told milliseconds, as a number, and not '${String(milliseconds)}'.`)
}
