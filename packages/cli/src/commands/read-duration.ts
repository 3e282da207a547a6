const MILLISECONDS_BY_UNIT: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** Milliseconds of a text such as `90s`, `30m`, `2h` or `90d`; seconds without a unit. Undefined when it is none. */
export function readDuration(text: string): number | undefined {
  const [, count, unit = 's'] = /^(\d{1,6})([smhd])?$/.exec(text) ?? []
  const milliseconds = MILLISECONDS_BY_UNIT.get(unit)
  return count === undefined || milliseconds === undefined ? undefined : Number(count) * milliseconds
}
