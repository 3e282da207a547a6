import { refuse } from '@clipflight/contract'
import type { Input } from '@clipflight/control'
import type { FastifyReply } from 'fastify'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { toSearch } from '../journal/search.ts'
import { writeEntry } from '../journal/write-entry.ts'

/** Who reads so slowly that more waits for it is hung up on; it can come back and name what it saw last. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024

/** Every entry is written to each of them before the next request is answered. */
const MOST_STREAMS = 100

/** How long a session that has ended goes on following. */
const CHECKING_MILLISECONDS = 2000

/** Proxies hang up on connections that say nothing for a minute. */
const COMFORT_MILLISECONDS = 15_000

/** Streams that have no end of their own. */
export type OpenStreams = Set<{ end(): void }>

export interface Following {
  /** The number of the entry that the client saw last. */
  readonly lastSeen: number | undefined
  readonly streams: OpenStreams
  /** Whether who follows still may; undefined for who always does. */
  readonly mayGoOn: (() => Promise<boolean>) | undefined
}

/** Sends entries as server-sent events, as they are recorded, until the client, its session or the service goes. */
export function streamRequests(
  journal: Journal,
  query: Input<'followRequests'>,
  reply: FastifyReply,
  { lastSeen, streams, mayGoOn }: Following,
): void {
  if (streams.size >= MOST_STREAMS) {
    refuse({ code: 'RATE_LIMIT_EXCEEDED', detail: `${MOST_STREAMS} follow the request log already.` })
  }
  const isWanted = toSearch(query)
  const { raw } = reply.hijack()
  // Whoever hung up while its session was looked up has closed already, and would be kept for ever.
  if (raw.destroyed) return
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-request-id': reply.request.id,
  })
  // Whoever follows knows from here on that nothing is missed.
  raw.write(': following\n\n')

  /** The latest entry that was looked at; undefined once nothing is missed any more. */
  let reached = lastSeen

  /** False when the client has to read first. A service that ends has ended the stream, and may still record. */
  function write(event: string | Uint8Array): boolean {
    return raw.writableEnded || raw.destroyed || raw.write(event)
  }

  function show(entry: Entry): boolean {
    return !isWanted(entry) || write(eventOf(entry))
  }

  /** What was missed can be more than may wait: it goes as fast as the client reads. */
  function catchUp(): void {
    if (raw.writableEnded || raw.destroyed) return
    for (const entry of journal.entries(reached)) {
      reached = entry.number
      if (show(entry)) continue
      raw.once('drain', catchUp)
      return
    }
    reached = undefined
  }

  if (reached !== undefined) catchUp()
  const leave = journal.follow((entry) => {
    if (reached !== undefined) return
    show(entry)
    if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy()
  })
  const comfort = setInterval(() => write(': nothing new\n\n'), COMFORT_MILLISECONDS)
  comfort.unref()
  const checking = setInterval(() => {
    mayGoOn?.().then(
      (still) => {
        if (!still) raw.end()
      },
      () => {
        // The database is away, which says nothing about the session.
      },
    )
  }, CHECKING_MILLISECONDS)
  checking.unref()
  streams.add(raw)
  raw.once('close', () => {
    streams.delete(raw)
    leave()
    clearInterval(comfort)
    clearInterval(checking)
  })
}

let latest: { readonly entry: Entry; readonly event: Uint8Array } | undefined

/** All who follow are sent the same bytes: what waits for a hundred slow ones is in the memory once. */
function eventOf(entry: Entry): Uint8Array {
  if (latest?.entry !== entry) {
    const text = `id: ${entry.number}\ndata: ${JSON.stringify(writeEntry(entry))}\n\n`
    latest = { entry, event: Buffer.from(text) }
  }
  return latest.event
}
