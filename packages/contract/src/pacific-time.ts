const PARTS = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/Los_Angeles',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
})

/** Milliseconds since 1970 as `2021-10-21T11:06:56-07:00`: Pacific time, no fraction, winter time minded. */
export function toPacificTime(milliseconds: number): string {
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {}
  for (const { type, value } of PARTS.formatToParts(milliseconds)) part[type] = value
  const offset = (part.timeZoneName ?? '').replace('GMT', '')
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}:${part.second}${offset}`
}
