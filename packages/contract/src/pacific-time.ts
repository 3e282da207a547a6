const HOUR_MILLISECONDS = 3_600_000
const MINUTE_MILLISECONDS = 60_000

/** Offsets change on whole hours only; asking for one costs more than writing the rest of an answer. */
const offsetOfHour = new Map<number, string>()
const MOST_HOURS = 10_000

let zone: Intl.DateTimeFormat | undefined

/** The offset of Pacific time at a moment, such as `-07:00`. */
function offsetAt(milliseconds: number): string {
  const hour = Math.floor(milliseconds / HOUR_MILLISECONDS)
  const known = offsetOfHour.get(hour)
  if (known !== undefined) return known
  // Made when first needed: it takes some 20 ms, which a start need not wait for.
  zone ??= new Intl.DateTimeFormat('en-US', { timeZone: 'America/Los_Angeles', timeZoneName: 'longOffset' })
  const name = zone.formatToParts(milliseconds).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  // Before 1883 it has seconds, which no date is written with.
  const offset = name.replace('GMT', '').slice(0, '-07:00'.length)
  if (offsetOfHour.size >= MOST_HOURS) offsetOfHour.clear()
  offsetOfHour.set(hour, offset)
  return offset
}

function minutesOf(offset: string): number {
  const [hours = '0', minutes = '0'] = offset.slice(1).split(':')
  const size = Number(hours) * 60 + Number(minutes)
  return offset.startsWith('-') ? -size : size
}

/** Milliseconds since 1970 as `2021-10-21T11:06:56-07:00`: Pacific time, no fraction, winter time minded. */
export function toPacificTime(milliseconds: number): string {
  const offset = offsetAt(milliseconds)
  const local = new Date(milliseconds + minutesOf(offset) * MINUTE_MILLISECONDS)
  return `${local.toISOString().slice(0, 'YYYY-MM-DDTHH:mm:ss'.length)}${offset}`
}
