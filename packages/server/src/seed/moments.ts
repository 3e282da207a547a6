import { canBeWritten, instant, type Attribute, type JsonSchema, type RowValue } from '@clipflight/contract'

/** `-P3D`, `PT2H30M`, `-P1W`: weeks to seconds, for months and years are not of one length. */
const DURATION = /^([+-])?P(?=[\dT])(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** For JSON Schema, which knows no sign before a duration. */
export const DURATION_PATTERN = DURATION.source

const WEEK_MILLISECONDS = 604_800_000
const DAY_MILLISECONDS = 86_400_000
const HOUR_MILLISECONDS = 3_600_000
const MINUTE_MILLISECONDS = 60_000
const SECOND_MILLISECONDS = 1000

/** Milliseconds from the moment of seeding, negative before it; undefined for text that is no duration. */
function readDuration(text: string): number | undefined {
  const match = DURATION.exec(text)
  if (match === null) return undefined
  const [, sign, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
  const length =
    Number(weeks) * WEEK_MILLISECONDS +
    Number(days) * DAY_MILLISECONDS +
    Number(hours) * HOUR_MILLISECONDS +
    Number(minutes) * MINUTE_MILLISECONDS +
    Number(seconds) * SECOND_MILLISECONDS
  return sign === '-' ? -length : length
}

/**
 * Every duration in a value of this schema made a date: where the schema asks for a date, however deep. One that leads
 * to where no date can be written stays, and is none.
 */
export function fixMoments(schema: JsonSchema, value: unknown, now: number): unknown {
  if (schema.format === 'date-time' && typeof value === 'string') {
    const duration = readDuration(value)
    const isLeading = duration !== undefined && canBeWritten(now + duration)
    return isLeading ? instant.toJson?.(now + duration) : value
  }
  if (Array.isArray(value) && isSchema(schema.items)) {
    const { items } = schema
    return value.map((item: unknown) => fixMoments(items, item, now))
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const members = isSchema(schema.properties) ? schema.properties : {}
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const of = Object.hasOwn(members, name) ? members[name] : schema.additionalProperties
        return [name, isSchema(of) ? fixMoments(of, member, now) : member]
      }),
    )
  }
  return value
}

/** The value as rows hold it, its durations counted from `now`. */
export function toRowValue({ kind }: Attribute, value: unknown, now: number): RowValue {
  if (value === null) return null
  const json = fixMoments(kind.schema, value, now)
  return kind.toRow === undefined ? json : kind.toRow(json)
}

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
