import type { Entry, KeptBody } from './entry.ts'
import { packHead, packRest, unpackHead, unpackRest } from './pack-entry.ts'

export interface RingLimits {
  readonly entries: number
  readonly bytes: number
}

/** Places of figures in a slot. Lengths are in bytes of the ring, and below zero where a text is in UTF-16. */
const NUMBER = 0
const AT = 1
const MILLISECONDS = 2
/** NaN where the entry has none, as for the team and the bodies. */
const STATUS = 3
const TEAM = 4
const OFFSET = 5
const SIZE = 6
const HEAD_LENGTH = 7
const REST_LENGTH = 8
const REQUEST_LENGTH = 9
const REQUEST_BYTES = 10
const ANSWER_LENGTH = 11
const ANSWER_BYTES = 12
const SLOT = 13

const SLOT_BYTES = SLOT * Float64Array.BYTES_PER_ELEMENT
const FIRST_BYTES = 256 * 1024

/**
 * The latest entries, packed into a buffer outside of the heap. As objects they live just long enough for the
 * collector to take them for old, and the heap grows by a hundred megabytes (measured).
 */
export class EntryRing {
  readonly #most: number
  readonly #mostBytes: number
  #slots: Float64Array
  /** Grows up to the bound as it is needed. Each entry is in one piece. */
  #bytes = Buffer.alloc(0)
  /** Where the next entry goes, if it fits. */
  #end = 0
  /** Slot of the oldest. */
  #first = 0
  #count = 0
  #used = 0

  constructor({ entries, bytes }: RingLimits) {
    this.#most = entries
    this.#mostBytes = bytes
    this.#slots = new Float64Array(entries * SLOT)
  }

  /** Adds a copy of the entry; the oldest ones make room for it. */
  add(entry: Entry): void {
    const { requestBody, answerBody } = entry
    const head = packHead(entry)
    const rest = packRest(entry)
    const restLength = rest === undefined ? 0 : -2 * rest.length
    const requestLength = lengthOf(requestBody)
    const answerLength = lengthOf(answerBody)
    const size = head.length - restLength + Math.abs(requestLength) + Math.abs(answerLength)
    if (this.#count === this.#most) this.#dropOldest()
    while (this.#count > 0 && this.#used + size + SLOT_BYTES > this.#mostBytes) this.#dropOldest()

    const offset = this.#makeRoom(size)
    let at = offset
    at += this.#bytes.write(head, at, 'latin1')
    if (rest !== undefined) at += this.#write(rest, restLength, at)
    if (requestBody !== undefined) at += this.#write(requestBody.start, requestLength, at)
    if (answerBody !== undefined) at += this.#write(answerBody.start, answerLength, at)
    this.#end = at

    const slots = this.#slots
    const slot = ((this.#first + this.#count) % this.#most) * SLOT
    slots[slot + NUMBER] = entry.number
    slots[slot + AT] = entry.at
    slots[slot + MILLISECONDS] = entry.milliseconds
    slots[slot + STATUS] = entry.status ?? Number.NaN
    slots[slot + TEAM] = entry.team ?? Number.NaN
    slots[slot + OFFSET] = offset
    slots[slot + SIZE] = size
    slots[slot + HEAD_LENGTH] = head.length
    slots[slot + REST_LENGTH] = restLength
    slots[slot + REQUEST_LENGTH] = requestLength
    slots[slot + REQUEST_BYTES] = requestBody?.bytes ?? Number.NaN
    slots[slot + ANSWER_LENGTH] = answerLength
    slots[slot + ANSWER_BYTES] = answerBody?.bytes ?? Number.NaN
    this.#count += 1
    this.#used += size + SLOT_BYTES
  }

  /** Those with higher numbers, oldest first, each made when it is asked for. */
  *entriesAfter(number: number): Generator<Entry, void, undefined> {
    for (let place = 0; place < this.#count; place += 1) {
      const slot = this.#slotAt(place)
      if (this.#figure(slot, NUMBER) > number) yield this.#read(slot)
    }
  }

  /** Forgets the entries of a team. */
  forgetTeam(team: number): void {
    this.#rearrange(this.#bytes.length, (slot) => this.#figure(slot, TEAM) !== team)
  }

  #slotAt(place: number): number {
    return ((this.#first + place) % this.#most) * SLOT
  }

  #figure(slot: number, name: number): number {
    return this.#slots[slot + name] ?? Number.NaN
  }

  #dropOldest(): void {
    this.#used -= this.#figure(this.#slotAt(0), SIZE) + SLOT_BYTES
    this.#first = (this.#first + 1) % this.#most
    this.#count -= 1
  }

  /** Where so many bytes are free. */
  #makeRoom(size: number): number {
    for (;;) {
      const offset = this.#findRoom(size)
      if (offset !== undefined) return offset
      const bytes = this.#bytes.length
      if (bytes < this.#mostBytes || this.#count === 0) {
        this.#rearrange(Math.max(Math.min(2 * bytes, this.#mostBytes), size, FIRST_BYTES), () => true)
      } else this.#dropOldest()
    }
  }

  #findRoom(size: number): number | undefined {
    const oldest = this.#count === 0 ? this.#bytes.length : this.#figure(this.#slotAt(0), OFFSET)
    const end = this.#count === 0 ? 0 : this.#end
    if (end <= oldest) return end + size <= oldest ? end : undefined
    if (end + size <= this.#bytes.length) return end
    return size <= oldest ? 0 : undefined
  }

  /** Moves what is kept to the start of a buffer of that length. */
  #rearrange(length: number, isKept: (slot: number) => boolean): void {
    const bytes = Buffer.allocUnsafeSlow(length)
    const slots = new Float64Array(this.#slots.length)
    let end = 0
    let count = 0
    for (let place = 0; place < this.#count; place += 1) {
      const slot = this.#slotAt(place)
      if (!isKept(slot)) continue
      const offset = this.#figure(slot, OFFSET)
      const size = this.#figure(slot, SIZE)
      this.#bytes.copy(bytes, end, offset, offset + size)
      slots.set(this.#slots.subarray(slot, slot + SLOT), count * SLOT)
      slots[count * SLOT + OFFSET] = end
      end += size
      count += 1
    }
    this.#bytes = bytes
    this.#slots = slots
    this.#end = end
    this.#first = 0
    this.#count = count
    this.#used = end + count * SLOT_BYTES
  }

  /** Returns how many bytes it took. */
  #write(text: string | Uint8Array, length: number, at: number): number {
    if (typeof text !== 'string') this.#bytes.set(text, at)
    else this.#bytes.write(text, at, length < 0 ? 'utf16le' : 'latin1')
    return Math.abs(length)
  }

  #text(length: number, at: number): string {
    return this.#bytes.toString(length < 0 ? 'utf16le' : 'utf8', at, at + Math.abs(length))
  }

  #read(slot: number): Entry {
    const figure = (name: number): number => this.#figure(slot, name)
    const known = (name: number): number | undefined => (Number.isNaN(figure(name)) ? undefined : figure(name))
    const head = figure(OFFSET)
    const rest = head + figure(HEAD_LENGTH)
    const request = rest - figure(REST_LENGTH)
    const answer = request + Math.abs(figure(REQUEST_LENGTH))
    const bodyAt = (at: number, length: number, bytes: number | undefined): KeptBody | undefined =>
      bytes === undefined ? undefined : { start: this.#text(length, at), bytes }
    const { moreHeaders, why, fault } = unpackRest(rest === request ? undefined : this.#text(figure(REST_LENGTH), rest))
    return {
      number: figure(NUMBER),
      at: figure(AT),
      startedAt: Number.NaN,
      milliseconds: figure(MILLISECONDS),
      status: known(STATUS) ?? null,
      team: known(TEAM),
      ...unpackHead(this.#bytes.toString('latin1', head, rest)),
      requestBody: bodyAt(request, figure(REQUEST_LENGTH), known(REQUEST_BYTES)),
      moreHeaders,
      answerBody: bodyAt(answer, figure(ANSWER_LENGTH), known(ANSWER_BYTES)),
      why,
      fault,
    }
  }
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
