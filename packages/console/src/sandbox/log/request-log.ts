import type { LoggedRequest } from '@clipflight/control'
import { MOST_LOGGED_REQUESTS } from '@clipflight/control/most-logged-requests'
import { control } from '../../service/clients.ts'
import { noticeEnd } from '../../service/query-client.ts'

/** Older ones make room. */
const MOST_REQUESTS = 10_000
/** The same for bodies: a tab that is left open for days stays usable. */
const MOST_CHARACTERS = 128 * 1024 * 1024

const SHORTEST_PAUSE_MILLISECONDS = 500
const LONGEST_PAUSE_MILLISECONDS = 8000
/** What comes faster is drawn together. */
const DRAWING_MILLISECONDS = 60

export interface SeenRequests {
  /** Oldest first. */
  readonly requests: readonly LoggedRequest[]
  /** Whether older ones had to make room. */
  readonly hasDropped: boolean
  readonly connection: 'opening' | 'open' | 'lost'
  /** What ended the connection; null when nothing did. */
  readonly error: unknown
}

/** The requests of a team as they are answered. */
export interface RequestLog {
  readonly read: () => SeenRequests
  readonly subscribe: (listener: () => void) => () => void
  /** Follows until what is returned is called; comes back by itself when the connection is lost. */
  readonly follow: () => () => void
}

export function createRequestLog(team: number): RequestLog {
  const listeners = new Set<() => void>()
  const known = new Set<string>()
  let seen: SeenRequests = { requests: [], hasDropped: false, connection: 'opening', error: null }
  let waiting: LoggedRequest[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let characters = 0

  function show(change: Partial<SeenRequests>): void {
    clearTimeout(timer)
    timer = undefined
    const requests = waiting.length === 0 ? seen.requests : withinBounds([...seen.requests, ...waiting])
    waiting = []
    const hasDropped = seen.hasDropped || requests[0] !== (seen.requests[0] ?? requests[0])
    seen = { ...seen, ...change, requests, hasDropped }
    for (const listener of listeners) listener()
  }

  function withinBounds(requests: readonly LoggedRequest[]): readonly LoggedRequest[] {
    let first = 0
    while (requests.length - first > MOST_REQUESTS || (characters > MOST_CHARACTERS && first < requests.length - 1)) {
      const dropped = requests[first]
      if (dropped !== undefined) {
        known.delete(dropped.id)
        characters -= lengthOf(dropped)
      }
      first += 1
    }
    return first === 0 ? requests : requests.slice(first)
  }

  function take(request: LoggedRequest): void {
    if (known.has(request.id)) return
    known.add(request.id)
    characters += lengthOf(request)
    waiting.push(request)
    timer ??= setTimeout(() => show({}), DRAWING_MILLISECONDS)
  }

  /**
   * The list comes first each time: a service that was started again counts from one, so that the number that was seen
   * last says nothing to it.
   */
  async function connect(signal: AbortSignal): Promise<void> {
    const { requests } = await control.listRequests({ team, limit: MOST_LOGGED_REQUESTS }, { signal })
    for (const request of requests) take(request)
    show({ connection: 'open', error: null })
    const after = requests.at(-1)?.number ?? 0
    for await (const request of control.followRequests({ team }, { signal, after })) take(request)
  }

  async function keepConnected(signal: AbortSignal): Promise<void> {
    let pause = SHORTEST_PAUSE_MILLISECONDS
    while (!signal.aborted) {
      const startedAt = performance.now()
      try {
        await connect(signal)
      } catch (error) {
        if (signal.aborted) return
        noticeEnd(error)
        show({ error })
      }
      const hasLasted = performance.now() - startedAt > LONGEST_PAUSE_MILLISECONDS
      pause = hasLasted ? SHORTEST_PAUSE_MILLISECONDS : Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)
      show({ connection: 'lost' })
      await wait(pause, signal)
    }
  }

  return {
    read: () => seen,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    follow() {
      const leaving = new AbortController()
      void keepConnected(leaving.signal)
      return () => {
        leaving.abort()
        clearTimeout(timer)
        timer = undefined
      }
    },
  }
}

function lengthOf({ requestBody, answerBody }: LoggedRequest): number {
  return (requestBody?.text.length ?? 0) + (answerBody?.text.length ?? 0)
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
