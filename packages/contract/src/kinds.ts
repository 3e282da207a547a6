import { toPacificTime } from './pacific-time.ts'
import type { Complaint } from './problem.ts'

/** A JSON Schema (2020-12) fragment, as OpenAPI 3.1 uses it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

/** What a row holds in one attribute: JSON, with points in time as milliseconds since 1970. */
export type RowValue = unknown

/** How a value is kept in a database; `storage/columns.ts` of the server knows what that means there. */
export type StoredAs = 'text' | 'integer' | 'boolean' | 'instant' | 'json'

/**
 * What an attribute may hold. Each kind answers for itself: its schema, its column, and what is wrong
 * with an untrusted value; nothing else branches on kinds.
 */
export interface Kind<T> {
  readonly schema: JsonSchema
  /** The name Apple's document gives this schema, where it has one. */
  readonly component?: string
  readonly storedAs: StoredAs
  /** The values, where they are a closed list. */
  readonly values?: readonly (T & string)[]
  /** What is wrong with a JSON value given for the attribute of that name; undefined when nothing is. */
  readonly complain: (value: unknown, attribute: string) => Complaint | undefined
  /** JSON to the form that rows hold, where the two differ (a point in time is milliseconds since 1970 in a row). */
  readonly toRow?: (json: unknown) => RowValue
  /** The inverse of `toRow`. */
  readonly toJson?: (value: RowValue) => T
  /** Type only: what a checked value is. Never present. */
  readonly type?: T
}

/** Wording of a JSON type mismatch: evidence 5.5 no. 31. */
function wrongJsonType(attribute: string): Complaint {
  return {
    code: 'ENTITY_ERROR.ATTRIBUTE.TYPE',
    detail: `Unexpected json type provided for attribute '${attribute}'`,
  }
}

function invalid(attribute: string, because = ''): Complaint {
  return {
    code: 'ENTITY_ERROR.ATTRIBUTE.INVALID',
    detail: `The '${attribute}' value is invalid.${because === '' ? '' : ` ${because}`}`,
  }
}

/** Characters that no database of ours stores faithfully: NUL, and halves of a surrogate pair. */
function hasUnstorableCharacters(value: string): boolean {
  return value.includes('\0') || !value.isWellFormed()
}

export interface TextLimits {
  readonly minLength?: number
  readonly maxLength?: number
  /** JSON Schema `format`, for readers of the document only. */
  readonly format?: string
}

/**
 * Text of limited length. Unverified: that Apple counts UTF-16 units; JSON Schema's `maxLength` counts characters,
 * so a text full of emoji can be refused that the published schema lets through.
 */
/* @__NO_SIDE_EFFECTS__ */
export function text(limits: TextLimits = {}): Kind<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = limits
  return {
    schema: {
      type: 'string',
      ...(format === undefined ? {} : { format }),
      ...(limits.minLength === undefined ? {} : { minLength }),
      ...(limits.maxLength === undefined ? {} : { maxLength }),
    },
    storedAs: 'text',
    complain(value, attribute) {
      if (typeof value !== 'string') return wrongJsonType(attribute)
      if (hasUnstorableCharacters(value)) {
        return {
          code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.INVALID_CHARACTERS',
          detail: `The provided entity contains a field '${attribute}' whose value has characters that are not allowed.`,
        }
      }
      if (value.trim().length < minLength) {
        return {
          code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_SHORT',
          detail: `The provided entity contains a field '${attribute}' whose value is too short. It must have at least ${minLength} characters.`,
        }
      }
      if (value.length > maxLength) {
        // Wording: evidence 5.5 no. 40.
        return {
          code: 'ENTITY_ERROR.ATTRIBUTE.INVALID.TOO_LONG',
          detail: `The provided entity contains a field '${attribute}' whose value is too long. It cannot exceed ${maxLength} characters.`,
        }
      }
      return undefined
    },
  }
}

/** Characters of a text that no two may have alike: an index has room for it in any script. */
const LONGEST_IDENTIFYING = 255

export const bundleIdText: Kind<string> = text({ maxLength: LONGEST_IDENTIFYING })

/** Of a version, or of a build number. */
export const versionText: Kind<string> = text({ minLength: 1, maxLength: LONGEST_IDENTIFYING })

/** `https:/host` and `https:host` parse, but a phone's camera and TestFlight see no host in them. */
export const HTTPS_URL_START = /^[Hh][Tt][Tt][Pp][Ss]:\/\/[^/?#]/

/**
 * RFC 3986 leaves no other characters in a URI than these, and a percent sign only before two digits. Unverified: that Apple
 * holds URLs to that; its schema says that they are URIs (evidence 1.2), and a phone opens no other.
 */
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/

/** An absolute https URL with a host, written in the characters of RFC 3986 and kept exactly as given. */
/* @__NO_SIDE_EFFECTS__ */
export function httpsUrl(limits: { readonly maxLength: number }): Kind<string> {
  const asText = text({ format: 'uri', ...limits })
  return {
    ...asText,
    complain(value, attribute) {
      const complaint = asText.complain(value, attribute)
      if (complaint !== undefined) return complaint
      const url = String(value)
      const isWritten = HTTPS_URL_START.test(url) && URI_CHARACTERS.test(url)
      const parsed = isWritten ? URL.parse(url) : null
      const isHttps = parsed !== null && parsed.hostname !== '' && parsed.username === '' && parsed.password === ''
      return isHttps ? undefined : invalid(attribute, 'It must be an absolute https URL with a host.')
    },
  }
}

export const boolean: Kind<boolean> = {
  schema: { type: 'boolean' },
  storedAs: 'boolean',
  complain: (value, attribute) => (typeof value === 'boolean' ? undefined : wrongJsonType(attribute)),
}

export const integer: Kind<number> = {
  schema: { type: 'integer' },
  storedAs: 'integer',
  complain: (value, attribute) => (Number.isSafeInteger(value) ? undefined : wrongJsonType(attribute)),
}

/** RFC 3339 with an offset; a bare date is refused (evidence 5.5 no. 31). */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/

/** Beyond them a year has not four digits in UTC, or not in Pacific time. */
const EARLIEST = Date.parse('0001-01-01T08:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** Whether a point in time, in milliseconds since 1970, can be written as answers and seed files write it. */
export function canBeWritten(milliseconds: number): boolean {
  return milliseconds >= EARLIEST && milliseconds <= LATEST
}

function isInstant(text: string): boolean {
  const [date = ''] = text.split('T')
  // `Date.parse` takes 30 February for 2 March.
  const isDay = new Date(date).getUTCDate() === Number(date.slice(-2))
  return isDay && INSTANT.test(text) && canBeWritten(Date.parse(text))
}

/* @__NO_SIDE_EFFECTS__ */
function instantWritten(toJson: (milliseconds: number) => string): Kind<string> {
  return {
    schema: { type: 'string', format: 'date-time' },
    storedAs: 'instant',
    toRow: (json) => Date.parse(String(json)),
    toJson: (value) => toJson(Number(value)),
    complain(value, attribute) {
      if (typeof value !== 'string') return wrongJsonType(attribute)
      return isInstant(value) ? undefined : wrongJsonType(attribute)
    },
  }
}

/** A point in time, written with the offset of Apple's headquarters: `2021-10-21T11:06:56-07:00` (evidence 4.2). */
export const instant: Kind<string> = instantWritten(toPacificTime)

/** A point in time, written with `Z`, as Apple does on a few attributes (evidence 4.2). */
export const utcInstant: Kind<string> = instantWritten((milliseconds) =>
  new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z'),
)

/** One of a closed list of words. `component` is the name Apple's document gives the list. */
/* @__NO_SIDE_EFFECTS__ */
export function oneOf<const V extends string>(values: readonly V[], component?: string): Kind<V> {
  return {
    schema: { type: 'string', enum: values },
    ...(component === undefined ? {} : { component }),
    storedAs: 'text',
    values,
    complain(value, attribute) {
      if (typeof value !== 'string') return wrongJsonType(attribute)
      if ((values as readonly string[]).includes(value)) return undefined
      // Wording: evidence 5.5 no. 31.
      const expected = values.map((word) => `'${word}'`).join(', ')
      return {
        code: 'ENTITY_ERROR.ATTRIBUTE.TYPE',
        detail: `'${value}' is not a valid value for the attribute '${attribute}'. Expected one of: ${expected}`,
      }
    },
  }
}

/**
 * Text out of a list that Apple's document does not publish as an enum, such as a locale. The schema
 * says `string`, as Apple's does; the values are there for forms and for the check.
 */
/* @__NO_SIDE_EFFECTS__ */
export function knownText(values: readonly string[]): Kind<string> {
  const known = new Set(values)
  return {
    schema: { type: 'string' },
    storedAs: 'text',
    values,
    complain(value, attribute) {
      if (typeof value !== 'string') return wrongJsonType(attribute)
      return known.has(value) ? undefined : invalid(attribute)
    },
  }
}

/** A list of values of one kind. */
/* @__NO_SIDE_EFFECTS__ */
export function listOf<T>(items: Kind<T>): Kind<readonly T[]> {
  return {
    schema: { type: 'array', items: items.schema },
    storedAs: 'json',
    complain(value, attribute) {
      if (!Array.isArray(value)) return wrongJsonType(attribute)
      for (const [index, item] of value.entries()) {
        const complaint = items.complain(item, `${attribute}/${index}`)
        if (complaint !== undefined) return complaint
      }
      return undefined
    },
  }
}

/** A JSON object with named members, none of them required. */
/* @__NO_SIDE_EFFECTS__ */
export function objectOf<M extends Record<string, Kind<unknown>>>(
  members: M,
  component?: string,
): Kind<{ readonly [K in keyof M]?: M[K] extends Kind<infer T> ? T : never }> {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(members).map(([name, kind]) => [name, kind.schema])),
    },
    ...(component === undefined ? {} : { component }),
    storedAs: 'json',
    complain(value, attribute) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongJsonType(attribute)
      for (const [name, member] of Object.entries(value)) {
        const kind = Object.hasOwn(members, name) ? members[name] : undefined
        if (kind === undefined) return invalid(attribute, `'${name}' is not a member of it.`)
        const complaint = kind.complain(member, `${attribute}/${name}`)
        if (complaint !== undefined) return complaint
      }
      return undefined
    },
  }
}

/** A JSON object with names of the user's own. */
/* @__NO_SIDE_EFFECTS__ */
export function mapOf<T>(values: Kind<T>): Kind<Readonly<Record<string, T>>> {
  return {
    schema: { type: 'object', additionalProperties: values.schema },
    storedAs: 'json',
    complain(value, attribute) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongJsonType(attribute)
      for (const [name, member] of Object.entries(value)) {
        const complaint = values.complain(member, `${attribute}/${name}`)
        if (complaint !== undefined) return complaint
      }
      return undefined
    },
  }
}
