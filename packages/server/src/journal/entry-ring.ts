import type { Entry, KeptBody } from './entry.ts'
import { createHeadPacker, packRest, unpackHead, unpackRest } from './pack-entry.ts'

export interface RingLimits {
  readonly entries: number
  /** Of the chunks that their texts are in; one entry is kept however large it is. */
  readonly bytes: number
}

/** Places of figures in a slot. Lengths are in bytes of a chunk, and below zero where a text is in UTF-16. */
const NUMBER = 0
const AT = 1
const MILLISECONDS = 2
/** NaN where the entry has none, as for the team and the bodies. */
const STATUS = 3
const TEAM = 4
/** In its chunk. */
const OFFSET = 5
const HEAD_LENGTH = 6
const REST_LENGTH = 7
const REQUEST_LENGTH = 8
const REQUEST_BYTES = 9
const ANSWER_LENGTH = 10
const ANSWER_BYTES = 11
const SLOT = 12

/** Some is left empty at the end of each: large beside the largest entry, of two bodies, and small beside all of them. */
const CHUNK_BYTES = 1024 * 1024
const LEAST_CHUNKS = 8

/** Entries one after the other, each in one piece. */
interface Chunk {
  readonly bytes: Buffer
  /** Where the next entry goes. */
  end: number
  /** Of the entries in it, those that are kept. */
  count: number
}

/**
 * The latest entries, packed into buffers outside of the heap. As objects they live just long enough for the
 * collector to take them for old, and the heap grows by a hundred megabytes (measured).
 */
export class EntryRing {
  readonly #most: number
  readonly #mostBytes: number
  readonly #chunkBytes: number
  readonly #packHead = createHeadPacker()
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
    const { requestBody, answerBody } = entry
    const head = this.#packHead(entry)
    const rest = packRest(entry)
    const restLength = rest === undefined ? 0 : -2 * rest.length
    const requestLength = lengthOf(requestBody)
    const answerLength = lengthOf(answerBody)
    if (this.#count === this.#most) this.#dropOldest()
    const chunk = this.#chunkFor(head.length - restLength + Math.abs(requestLength) + Math.abs(answerLength))

    const { bytes, end } = chunk
    let at = end
    at += bytes.write(head, at, 'latin1')
    if (rest !== undefined) at += write(rest, restLength, bytes, at)
    if (requestBody !== undefined) at += write(requestBody.start, requestLength, bytes, at)
    if (answerBody !== undefined) at += write(answerBody.start, answerLength, bytes, at)
    chunk.end = at
    chunk.count += 1

    const slots = this.#slots
    const place = this.#placeOf(this.#dropped + this.#count)
    const slot = place * SLOT
    this.#chunks[place] = chunk
    slots[slot + NUMBER] = entry.number
    slots[slot + AT] = entry.at
    slots[slot + MILLISECONDS] = entry.milliseconds
    slots[slot + STATUS] = entry.status ?? Number.NaN
    slots[slot + TEAM] = entry.team ?? Number.NaN
    slots[slot + OFFSET] = end
    slots[slot + HEAD_LENGTH] = head.length
    slots[slot + REST_LENGTH] = restLength
    slots[slot + REQUEST_LENGTH] = requestLength
    slots[slot + REQUEST_BYTES] = requestBody?.bytes ?? Number.NaN
    slots[slot + ANSWER_LENGTH] = answerLength
    slots[slot + ANSWER_BYTES] = answerBody?.bytes ?? Number.NaN
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
    if (chunk.bytes.length === this.#chunkBytes) this.#spare = chunk
    if (chunk === this.#newest) this.#newest = undefined
  }

  #wipe(place: number): void {
    const { head, end } = this.#boundsOf(place)
    this.#chunks[place]?.bytes.fill(0, head, end)
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
    this.#newest = spare ?? { bytes: Buffer.allocUnsafeSlow(length), end: 0, count: 0 }
    this.#bytes += length
    return this.#newest
  }

  /** Where its texts begin in its chunk, one after the other, and where the last ends. */
  #boundsOf(place: number): { head: number; rest: number; request: number; answer: number; end: number } {
    const head = this.#figure(place, OFFSET)
    const rest = head + this.#figure(place, HEAD_LENGTH)
    const request = rest + Math.abs(this.#figure(place, REST_LENGTH))
    const answer = request + Math.abs(this.#figure(place, REQUEST_LENGTH))
    return { head, rest, request, answer, end: answer + Math.abs(this.#figure(place, ANSWER_LENGTH)) }
  }

  #read(place: number): Entry {
    const figure = (name: number): number => this.#figure(place, name)
    const known = (name: number): number | undefined => (Number.isNaN(figure(name)) ? undefined : figure(name))
    const { bytes } = this.#chunks[place] ?? { bytes: Buffer.alloc(0) }
    const { head, rest, request, answer, end } = this.#boundsOf(place)
    const text = (length: number, from: number, to: number): string =>
      bytes.toString(length < 0 ? 'utf16le' : 'utf8', from, to)
    const { moreHeaders, why, fault } = unpackRest(
      rest === request ? undefined : text(figure(REST_LENGTH), rest, request),
    )
    const requestBytes = known(REQUEST_BYTES)
    const answerBytes = known(ANSWER_BYTES)
    return {
      number: figure(NUMBER),
      at: figure(AT),
      startedAt: Number.NaN,
      milliseconds: figure(MILLISECONDS),
      status: known(STATUS) ?? null,
      team: known(TEAM),
      ...unpackHead(bytes.toString('latin1', head, rest)),
      requestBody:
        requestBytes === undefined
          ? undefined
          : { start: text(figure(REQUEST_LENGTH), request, answer), bytes: requestBytes },
      moreHeaders,
      answerBody:
        answerBytes === undefined ? undefined : { start: text(figure(ANSWER_LENGTH), answer, end), bytes: answerBytes },
      why,
      fault,
    }
  }
}

/** Returns how many bytes it took. */
function write(text: string | Uint8Array, length: number, bytes: Buffer, at: number): number {
  if (typeof text !== 'string') bytes.set(text, at)
  else bytes.write(text, at, length < 0 ? 'utf16le' : 'latin1')
  return Math.abs(length)
}

/**
 * What a body takes in the ring. Text that is not ASCII is there as the engine has it, two bytes a character: to make
 * UTF-8 of it takes ten times as long (measured).
 */
function lengthOf(body: KeptBody | undefined): number {
  if (body === undefined) return 0
  const { start, bytes } = body
  return typeof start !== 'string' || start.length === bytes ? start.length : -2 * start.length
}
