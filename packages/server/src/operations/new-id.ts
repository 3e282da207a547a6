import { randomFillSync, randomInt } from 'node:crypto'
import { ID_FORM, type Resource } from '@clipflight/contract'
import { v7 } from 'uuid'

/**
 * The id of a resource that is being made. UUIDs are of version 7, so that rows stand in the order they were made in.
 * `links` are its to-one relationships, whose ids some resources share.
 */
export function newId(resource: Resource, links: Readonly<Record<string, string>>): string {
  const { ids = 'uuid' } = resource
  if (ids === 'uuid') return v7({ ...nextMoment(), random: randomBytesOfAnId() })
  // Apple's app ids are numbers of ten digits today.
  if (ids === 'number') return String(randomInt(1_000_000_000, 10_000_000_000))
  const id = links[ids.sameAs]
  if (id === undefined) throw new Error(`${resource.type} shares the id of '${ids.sameAs}', which was not given`)
  return id
}

let latest = { msecs: 0, seq: 0 }

/**
 * By the machine's clock, not the service's, which may stand still: one after the other also within a millisecond, and
 * when the clock was put back.
 */
function nextMoment(): { readonly msecs: number; readonly seq: number } {
  const msecs = Date.now()
  latest = msecs > latest.msecs ? { msecs, seq: 0 } : { msecs: latest.msecs, seq: latest.seq + 1 }
  return latest
}

const BYTES_OF_AN_ID = 16

/** Drawn for many ids at once: asking the system for each takes as long as saving a title (measured). */
const drawn = new Uint8Array(256 * BYTES_OF_AN_ID)
let next = drawn.length

function randomBytesOfAnId(): Uint8Array {
  if (next === drawn.length) {
    randomFillSync(drawn)
    next = 0
  }
  next += BYTES_OF_AN_ID
  return drawn.subarray(next - BYTES_OF_AN_ID, next)
}

/** Whether an id from outside could be one that this service made or was seeded with. */
export function isPossibleId(id: string): boolean {
  return ID_FORM.test(id)
}
