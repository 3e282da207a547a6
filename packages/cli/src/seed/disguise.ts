import type { Identifier } from '@clipflight/client'
import { resources, type JsonSchema, type Kind, type Resource } from '@clipflight/contract'

/** What is written in place of ids and values. */
export interface Disguise {
  id(identifier: Identifier): string
  /** Undefined when there is nothing that could be written in its place. */
  value(name: string, kind: Kind<unknown>, value: unknown): unknown
}

export const UNDISGUISED: Disguise = { id: ({ id }) => id, value: (_name, _kind, value) => value }

/** Texts that say nothing of whose they are: versions, and what Apple's tools and devices are called. */
const TELLING_NOTHING: ReadonlySet<string> = new Set([
  'version',
  'minOsVersion',
  'lsMinimumSystemVersion',
  'computedMinMacOsVersion',
  'computedMinVisionOsVersion',
  'sdkBuild',
  'platformBuild',
  'supportedArchitectures',
  'requiredCapabilities',
  'locales',
  'primaryLocale',
  'minimumOsVersion',
  'deviceModel',
  'osVersion',
])

/**
 * Replaces every id and every text that could tell whose it is, the same one by the same one everywhere. Numbers in
 * the order of the ids and of the texts, and no hashes: whoever guesses a name could compute those.
 */
export function createDisguise(identifiers: Iterable<Identifier>): Disguise {
  const ids = numberIds(identifiers)
  const seen = new Map<string, Map<string, number>>()

  function numberOf(label: string, text: string): number {
    const texts = seen.get(label) ?? new Map<string, number>()
    seen.set(label, texts)
    const number = texts.get(text) ?? texts.size + 1
    texts.set(text, number)
    return number
  }

  const hostFor = (host: string): string => `host-${numberOf('host', host.toLowerCase())}.example.com`

  /** Its form stays: as many parts, and the same ones where they were the same. */
  function urlFor(url: string): string {
    const [, authority = '', rest = ''] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [undefined, url]
    return `https://${hostFor(authority)}${rest.replaceAll(/[^/?#&=]+/g, (part) => `p${numberOf('part of URL', part)}`)}`
  }

  /** Part by part, so that the bundle id of an App Clip goes on beginning with that of its app. */
  function bundleIdFor(bundleId: string): string {
    return ['com', 'example', ...bundleId.split('.').map((part) => `part${numberOf('part of bundle id', part)}`)].join(
      '.',
    )
  }

  function textFor(name: string, schema: JsonSchema, text: string): string {
    if (schema['enum'] !== undefined || schema['format'] === 'date-time' || TELLING_NOTHING.has(name)) return text
    if (name === 'bundleId') return bundleIdFor(text)
    if (name === 'domain') return hostFor(text)
    if (schema['format'] === 'uri' || /^[a-z][a-z\d+.-]*:\/\//i.test(text)) return urlFor(text)
    return `${name} ${numberOf(name, text)}`
  }

  function valueFor(name: string, schema: JsonSchema, value: unknown): unknown {
    if (typeof value === 'string') return textFor(name, schema, value)
    if (typeof value !== 'object' || value === null) return value
    const { items, properties } = schema
    if (Array.isArray(value))
      return isSchema(items) ? value.map((each: unknown) => valueFor(name, items, each)) : undefined
    // Without named members the names are the user's own, as in entitlements.
    if (!isSchema(properties)) return undefined
    return Object.fromEntries(
      Object.entries(value).flatMap(([member, each]) => {
        const known = Object.hasOwn(properties, member) ? properties[member] : undefined
        return isSchema(known) ? [[member, valueFor(member, known, each)]] : []
      }),
    )
  }

  return {
    id({ type, id }) {
      const disguised = ids.get(`${type}/${id}`)
      if (disguised === undefined) throw new Error(`There is nothing to write in place of an id of '${type}'`)
      return disguised
    },
    value: (name, kind, value) => (kind.values === undefined ? valueFor(name, kind.schema, value) : value),
  }
}

/** Numbered in the order of the ids, which is that of lists: what was older stays so. */
function numberIds(identifiers: Iterable<Identifier>): ReadonlyMap<string, string> {
  const types = Object.values<Resource>(resources)
  const all = [...identifiers].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return new Map(
    types.flatMap(({ type, ids }, place) =>
      all
        .filter((each) => each.type === type)
        .map(({ id }, index) => [`${type}/${id}`, idOf(ids, place + 1, index + 1)] as const),
    ),
  )
}

const FIRST_APP_ID = 1_000_000_000

function idOf(form: Resource['ids'], place: number, number: number): string {
  const [first, last] = [place, number].map((each) => each.toString(16))
  return form === 'number'
    ? String(FIRST_APP_ID + number)
    : `${(first ?? '').padStart(8, '0')}-0000-4000-8000-${(last ?? '').padStart(12, '0')}`
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
