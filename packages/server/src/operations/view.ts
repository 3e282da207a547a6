import { encodeQuery, resourceOfType, type Inclusion, type Query, type Resource, type View } from '@clipflight/contract'
import type { Reader, Related, Row } from '../storage/storage.ts'
import type { OperationRequest } from './request.ts'

const NO_ROWS: ReadonlyMap<string, Related> = new Map()

/** Reads what the query asks to include with these rows. */
export async function viewOf(
  reader: Reader,
  resource: Resource,
  rows: readonly Row[],
  { team, query, origin }: OperationRequest,
): Promise<View> {
  const inclusions: Inclusion[] = []
  for (const { relationship, limit } of query.include) {
    const definition = resource.relationships[relationship]
    const isForeign = definition === undefined || definition.kept === 'foreign'
    const rowsByParent =
      isForeign || rows.length === 0 ? NO_ROWS : await reader.related(resource, relationship, team, rows, limit)
    inclusions.push({
      relationship,
      target: definition === undefined ? undefined : resourceOfType(definition.target),
      rowsByParent,
      limit,
    })
  }
  return { origin, fields: query.fields, inclusions }
}

/** `links.self`: the URL of the request with its query (evidence 4.3). */
export function selfLink({ origin, path, query }: OperationRequest): string {
  return `${origin}${path}${query.encoded}`
}

/** `links.next`: the same URL with the cursor in front (evidence 4.3). */
export function nextLink({ origin, path, query }: OperationRequest, cursor: string): string {
  const others = query.entries.filter(([name]) => name !== 'cursor')
  return `${origin}${path}${encodeQuery([['cursor', cursor], ...others])}`
}

/** What an answer to a write shows: everything of the resource, nothing included. */
export function plainView(origin: string): View {
  return { origin, fields: NO_FIELDS, inclusions: [] }
}

const NO_FIELDS: Query['fields'] = new Map()
