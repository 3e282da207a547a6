import type { Answer } from '@clipflight/client'
import { openJson, type JsonReader } from '../plan/open-json.ts'
import type { Aspect } from './probe.ts'

const NONE = 'none'

/** What of an answer can be compared. Several errors are told in their order. */
export function aspectsOf({
  status,
  location,
  json,
}: Pick<Answer, 'status' | 'location' | 'json'>): Readonly<Record<Aspect, string>> {
  const document = openJson(json)
  const errors = listIn(document.member('errors'))
  const join = (read: (error: JsonReader) => unknown): string =>
    errors.map((error) => String(read(error) ?? NONE)).join(', ') || NONE
  const linkage = openJson(Object.values(membersOf(document.member('data').member('relationships').value))[0])
  return {
    status: String(status),
    code: join((error) => error.member('code').value),
    pointer: join((error) => error.member('source').member('pointer').value),
    parameter: join((error) => error.member('source').member('parameter').value),
    location: location === undefined ? NONE : 'given',
    linkage: countOf(listIn(linkage.member('data'))),
    included: countOf(listIn(document.member('included'))),
  }
}

function listIn(reader: JsonReader): readonly JsonReader[] {
  return Array.isArray(reader.value) ? reader.list() : []
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function countOf(list: readonly JsonReader[]): string {
  return list.length === 0 ? NONE : String(list.length)
}
