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

  function show(entry: Entry): void {
    if (!isWanted(entry)) return
    raw.write(`id: ${entry.number}\ndata: ${JSON.stringify(writeEntry(entry))}\n\n`)
    if (raw.writableLength > MOST_WAITING_BYTES) raw.destroy()
  }

  if (lastSeen !== undefined) for (const entry of journal.entries()) if (entry.number > lastSeen) show(entry)
  const leave = journal.follow(show)
  const comfort = setInterval(() => raw.write(': nothing new\n\n'), COMFORT_MILLISECONDS)
  comfort.unref()
  streams.add(raw)
  raw.once('close', () => {
    streams.delete(raw)
    leave()
    clearInterval(comfort)
  })
}
