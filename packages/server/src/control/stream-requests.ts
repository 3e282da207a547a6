import type { Input } from '@clipflight/control'
import type { FastifyReply } from 'fastify'
import type { Entry } from '../journal/entry.ts'
import type { Journal } from '../journal/journal.ts'
import { toSearch } from '../journal/search.ts'
import { writeEntry } from '../journal/write-entry.ts'

/** Who reads so slowly that more waits for it is hung up on; it can come back and name what it saw last. */
const MOST_WAITING_BYTES = 8 * 1024 * 1024

/** Proxies hang up on connections that say nothing for a minute. */
const COMFORT_MILLISECONDS = 15_000

/** Streams that have no end of their own. */
export type OpenStreams = Set<{ end(): void }>

/** Sends entries as server-sent events, as they are recorded, until the client or the service goes. */
export function streamRequests(
  journal: Journal,
  query: Input<'followRequests'>,
  reply: FastifyReply,
  { lastSeen, streams }: { readonly lastSeen: number | undefined; readonly streams: OpenStreams },
): void {
  const isWanted = toSearch(query)
  const { raw } = reply.hijack()
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
  function write(text: string): boolean {
    return raw.writableEnded || raw.destroyed || raw.write(text)
  }

  function show(entry: Entry): boolean {
    return !isWanted(entry) || write(`id: ${entry.number}\ndata: ${JSON.stringify(writeEntry(entry))}\n\n`)
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
  streams.add(raw)
  raw.once('close', () => {
    streams.delete(raw)
    leave()
    clearInterval(comfort)
  })
}
