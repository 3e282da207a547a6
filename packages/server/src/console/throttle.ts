import { refuse } from '@clipflight/contract'
import { LRUCache } from 'lru-cache'

/** Wrong guesses of one address in one minute, from the first on. */
const MOST_WRONG = 10
const WINDOW_MILLISECONDS = 60_000
const MOST_ADDRESSES = 10_000

interface Window {
  readonly startedAt: number
  guesses: number
}

/** Holds up whoever guesses. */
export interface Throttle {
  /**
   * Counts a guess, or refuses it with 429; `onRefusal` is told the seconds to wait. What is returned takes it back,
   * for who was right: of many that come at once, each is counted before one is looked at.
   */
  begin(address: string, onRefusal: (seconds: number) => void): () => void
}

export function createThrottle(machineNow: () => number): Throttle {
  const windows = new LRUCache<string, Window>({ maxSize: MOST_ADDRESSES, sizeCalculation: () => 1 })
  return {
    begin(address, onRefusal) {
      const at = machineNow()
      const group = groupOf(address)
      const known = windows.get(group)
      const window =
        known !== undefined && Math.abs(at - known.startedAt) < WINDOW_MILLISECONDS
          ? known
          : { startedAt: at, guesses: 0 }
      windows.set(group, window)
      if (window.guesses >= MOST_WRONG) {
        const seconds = Math.ceil((window.startedAt + WINDOW_MILLISECONDS - at) / 1000)
        onRefusal(seconds)
        refuse({
          code: 'RATE_LIMIT_EXCEEDED',
          detail: `Too many wrong sign-ins from this address: try again in ${seconds} seconds.`,
        })
      }
      window.guesses += 1
      return () => {
        window.guesses -= 1
      }
    },
  }
}

/** Of IPv6 the network: whoever has one address has all of a /64. */
function groupOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d)/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail] = plain.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return [...left, ...zeros, ...right].slice(0, 4).join(':')
}
