import type { ByteString } from '@clipflight/contract'
import type { Entry, KeptBody } from './entry.ts'
import { createSharedPacker, packRest, unpackRest, unpackShared } from './pack-entry.ts'

export interface RingLimits {
  readonly entries: number
  /** Of the chunks that their texts are in; one entry is kept however large it is. */
  readonly bytes: number
}

/** Places of figures in a slot. Lengths are in bytes of a chunk. */
const NUMBER = 0
const AT = 1
const MILLISECONDS = 2
/** NaN where the entry has none, as for the team and the bodies. */
const STATUS = 3
const TEAM = 4
/** Where it begins in its chunk: these texts, one after the other. */
const OFFSET = 5
const ID_LENGTH = 6
const URL_LENGTH = 7
const RATE_LIMIT_LENGTH = 8
const REST_LENGTH = 9
const REQUEST_LENGTH = 10
const ANSWER_LENGTH = 11
/** Of the whole bodies. */
const REQUEST_BYTES = 12
const ANSWER_BYTES = 13
/** What it shares with others, before its own in the chunk or before an earlier entry's. */
const SHARED_OFFSET = 14
const SHARED_LENGTH = 15
const SLOT = 16

/** Of the texts of an entry, in their order. */
const OWN_LENGTHS = [ID_LENGTH, URL_LENGTH, RATE_LIMIT_LENGTH, REST_LENGTH, REQUEST_LENGTH, ANSWER_LENGTH]

/** Some is left empty at the end of each: large beside the largest entry, of two bodies, and small beside all of them. */
const CHUNK_BYTES = 1024 * 1024
const LEAST_CHUNKS = 8

/** No entry has an empty one. */
const NOTHING = ''

/** Entries one after the other, each in one piece but for what it shares with earlier ones. */
interface Chunk {
  readonly bytes: Buffer
  /** Where the next entry goes. */
  end: number
  /** Of the entries in it, those that are kept. */
  count: number
  /** What the latest entry shares with those after it of its team, and where it is. */
  shared: string
  sharedBy: number | undefined
  sharedAt: number
}

/**
 * The latest entries, packed into buffers outside of the heap. As objects they live just long enough for the
 * collector to take them for old, and the heap grows by a hundred megabytes (measured).
 */
export class EntryRing {
  readonly #most: number
  readonly #mostBytes: number
  readonly #chunkBytes: number
  readonly #packShared = createSharedPacker()
  readonly #slots: Float64Array
  /** Where the entry of each slot is. */
  readonly #chunks: (Chunk | undefined)[] = []
  /** The one that is being filled. */
  #newest: Chunk | undefined
  /** One that nothing is left of, for the next that is no larger. */
  #spare: Chunk | undefined
  /** Which of all that were added the oldest one is, not counting what was forgotten. */
  #dropped = 0
  #count = 0
  /** Of the chunks with entries. */
  #bytes = 0

  constructor({ entries, bytes }: RingLimits) {
    this.#most = entries
    this.#mostBytes = bytes
    this.#chunkBytes = Math.min(CHUNK_BYTES, Math.floor(bytes / LEAST_CHUNKS))
    this.#slots = new Float64Array(entries * SLOT)
  }

  /** Adds a copy of the entry, without its tokens; the oldest ones make room for it. */
  add(entry: Entry): void {
    const { id, url, rateLimit, requestBody, answerBody } = entry
    const shared = this.#packShared(entry)
    const rest = packRest(entry)
    if (this.#count === this.#most) this.#dropOldest()
    const rateLimitLength = rateLimit?.length ?? 0
    const restLength = rest?.length ?? 0
    const requestLength = requestBody?.start.length ?? 0
    const answerLength = answerBody?.start.length ?? 0
    const own = id.length + url.length + rateLimitLength + restLength + requestLength + answerLength
    const chunk = this.#chunkFor(shared.length + own)

    const { bytes } = chunk
    if (chunk.shared !== shared || chunk.sharedBy !== entry.team) {
      chunk.shared = shared
      chunk.sharedBy = entry.team
      chunk.sharedAt = chunk.end
      chunk.end += write(shared, bytes, chunk.end)
    }
    let at = chunk.end
    // One by one: to put texts together in order to write them takes as long again as writing them (measured).
    at += write(id, bytes, at)
    at += write(url, bytes, at)
    if (rateLimit !== undefined) at += write(rateLimit, bytes, at)
    if (rest !== undefined) at += write(rest, bytes, at)
    if (requestBody !== undefined) at += write(requestBody.start, bytes, at)
    if (answerBody !== undefined) write(answerBody.start, bytes, at)

    const slots = this.#slots
    const place = this.#placeOf(this.#dropped + this.#count)
    const slot = place * SLOT
    this.#chunks[place] = chunk
    slots[slot + NUMBER] = entry.number
    slots[slot + AT] = entry.at
    slots[slot + MILLISECONDS] = entry.milliseconds
    slots[slot + STATUS] = entry.status ?? Number.NaN
    slots[slot + TEAM] = entry.team ?? Number.NaN
    slots[slot + OFFSET] = chunk.end
    slots[slot + ID_LENGTH] = id.length
    slots[slot + URL_LENGTH] = url.length
    slots[slot + RATE_LIMIT_LENGTH] = rateLimitLength
    slots[slot + REST_LENGTH] = restLength
    slots[slot + REQUEST_LENGTH] = requestLength
    slots[slot + ANSWER_LENGTH] = answerLength
    slots[slot + REQUEST_BYTES] = requestBody?.bytes ?? Number.NaN
    slots[slot + ANSWER_BYTES] = answerBody?.bytes ?? Number.NaN
    slots[slot + SHARED_OFFSET] = chunk.sharedAt
    slots[slot + SHARED_LENGTH] = shared.length
    chunk.end += own
    chunk.count += 1
    this.#count += 1
  }

  /** Those with higher numbers, oldest first, each made when it is asked for. */
  *entriesAfter(number: number): Generator<Entry, void, undefined> {
    // From the newest: most ask for the last few.
    let nth = this.#dropped + this.#count
    while (nth > this.#dropped && this.#figure(this.#placeOf(nth - 1), NUMBER) > number) nth -= 1
    // Others may be added, and the oldest dropped, before the next is asked for.
    for (; nth < this.#dropped + this.#count; nth = Math.max(nth + 1, this.#dropped))
      yield this.#read(this.#placeOf(nth))
  }

  /** Forgets the entries of a team. */
  forgetTeam(team: number): void {
    const [from, to] = [this.#dropped, this.#dropped + this.#count]
    let kept = from
    for (let nth = from; nth < to; nth += 1) {
      const place = this.#placeOf(nth)
      if (this.#figure(place, TEAM) === team) {
        this.#wipe(place)
        this.#release(place)
      } else {
        this.#move(place, this.#placeOf(kept))
        kept += 1
      }
    }
    this.#count = kept - from
  }

  /** Counted on, as entries come and go. */
  #placeOf(nth: number): number {
    return nth % this.#most
  }

  #figure(place: number, name: number): number {
    return this.#slots[place * SLOT + name] ?? Number.NaN
  }

  #dropOldest(): void {
    this.#release(this.#placeOf(this.#dropped))
    this.#dropped += 1
    this.#count -= 1
  }

  /** Takes the entry out of its chunk, which is free once nothing is left of it. */
  #release(place: number): void {
    const chunk = this.#chunks[place]
    this.#chunks[place] = undefined
    if (chunk === undefined) return
    chunk.count -= 1
    if (chunk.count > 0) return
    this.#bytes -= chunk.bytes.length
    chunk.end = 0
    chunk.shared = NOTHING
    if (chunk.bytes.length === this.#chunkBytes) this.#spare = chunk
    if (chunk === this.#newest) this.#newest = undefined
  }

  #wipe(place: number): void {
    const chunk = this.#chunks[place]
    if (chunk === undefined) return
    const offset = this.#figure(place, OFFSET)
    const own = OWN_LENGTHS.reduce((total, name) => total + this.#figure(place, name), 0)
    chunk.bytes.fill(0, offset, offset + own)
    // Those that share it are of the same team.
    const shared = this.#figure(place, SHARED_OFFSET)
    chunk.bytes.fill(0, shared, shared + this.#figure(place, SHARED_LENGTH))
    chunk.shared = NOTHING
  }

  #move(from: number, to: number): void {
    if (from === to) return
    this.#slots.copyWithin(to * SLOT, from * SLOT, (from + 1) * SLOT)
    this.#chunks[to] = this.#chunks[from]
    this.#chunks[from] = undefined
  }

  /** One with so many bytes free at its end; the oldest entries make room for it. */
  #chunkFor(size: number): Chunk {
    if (this.#newest !== undefined && this.#newest.end + size <= this.#newest.bytes.length) return this.#newest
    const length = Math.max(size, this.#chunkBytes)
    while (this.#count > 0 && this.#bytes + length > this.#mostBytes) this.#dropOldest()
    const spare = size <= this.#chunkBytes ? this.#spare : undefined
    if (spare !== undefined) this.#spare = undefined
    this.#newest = spare ?? {
      bytes: Buffer.allocUnsafeSlow(length),
      end: 0,
      count: 0,
      shared: NOTHING,
      sharedBy: undefined,
      sharedAt: 0,
    }
    this.#bytes += length
    return this.#newest
  }

  #read(place: number): Entry {
    const figure = (name: number): number => this.#figure(place, name)
    const known = (name: number): number | undefined => (Number.isNaN(figure(name)) ? undefined : figure(name))
    const { bytes } = this.#chunks[place] ?? { bytes: Buffer.alloc(0) }
    let end = figure(OFFSET)
    const [id, url, rateLimit, rest, request, answer] = OWN_LENGTHS.map((name) => {
      const start = end
      end += figure(name)
      return bytes.subarray(start, end)
    })
    const shared = figure(SHARED_OFFSET)
    const body = (text: Buffer | undefined, name: number): KeptBody | undefined => {
      const whole = known(name)
      if (whole === undefined || text === undefined) return undefined
      // Erasure: it was written as what it is read as.
      return { start: text.toString('latin1') as ByteString, bytes: whole }
    }
    return {
      number: figure(NUMBER),
      id: id?.toString('latin1') ?? '',
      at: figure(AT),
      milliseconds: figure(MILLISECONDS),
      url: url?.toString('latin1') ?? '',
      status: known(STATUS) ?? null,
      team: known(TEAM),
      ...unpackShared(bytes.toString('latin1', shared, shared + figure(SHARED_LENGTH))),
      rateLimit: rateLimit?.toString('latin1') || undefined,
      requestBody: body(request, REQUEST_BYTES),
      answerBody: body(answer, ANSWER_BYTES),
      ...unpackRest(rest?.toString() ?? ''),
    }
  }
}

/** Of texts without characters beyond Latin-1. Returns how many bytes it took. */
function write(text: string, bytes: Buffer, at: number): number {
  bytes.write(text, at, 'latin1')
  return text.length
}
