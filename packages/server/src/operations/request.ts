import type { ByteString, Query, Resource } from '@clipflight/contract'
import { refuse } from '@clipflight/contract'
import type { Row, Storage } from '../storage/storage.ts'
import type { Reader } from '../storage/storage.ts'
import { isPossibleId } from './new-id.ts'

/** What every operation works with; one for the whole service. */
export interface World {
  readonly storage: Storage
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** A request whose caller is known and may do what it asks. */
export interface OperationRequest {
  readonly team: number
  /** The id in the path; empty where the path has none. */
  readonly id: string
  readonly query: Query
  /** The JSON of the body, untrusted; undefined where there is none. */
  readonly body: unknown
  /** Scheme and authority that links begin with. */
  readonly origin: string
  /** Path of the request, without its query. */
  readonly path: string
}

/** What is sent back: the JSON of the document, or nothing with 204. */
export interface Answer {
  readonly status: number
  readonly body?: ByteString
  /** URL of what was created. */
  readonly location?: string
}

/** Absent and foreign look the same. Wording: evidence 5.3 no. 14. */
export function refuseAbsent(resource: Resource, id: string): never {
  refuse({ code: 'NOT_FOUND', detail: `There is no resource of type '${resource.type}' with id '${id}'` })
}

/** The row with that id, or 404. */
export async function findOrRefuse(reader: Reader, resource: Resource, team: number, id: string): Promise<Row> {
  const row = isPossibleId(id) ? await reader.find(resource, team, id) : undefined
  return row ?? refuseAbsent(resource, id)
}
