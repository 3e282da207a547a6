import { createQueryReader, type Query, type QueryReader, type Route } from '@clipflight/contract'
import { LRUCache } from 'lru-cache'

/** Of some hundred routes; a query with its text takes a kilobyte or two. */
const MOST_QUERIES_PER_ROUTE = 50
const LONGEST_KEPT_QUERY = 500

/** Made with the first request of a route: few of them are ever asked for. */
const readers = new Map<Route, QueryReader>()

/** Reads queries of a route; what was read before is not read again. */
export function readerOf(route: Route): QueryReader {
  const known = readers.get(route)
  if (known !== undefined) return known
  const made = rememberingQueries(createQueryReader(route))
  readers.set(route, made)
  return made
}

/** Clients ask with few different queries, and reading one costs as much as finding a row (measured). */
function rememberingQueries(readQuery: QueryReader): QueryReader {
  const known = new LRUCache<string, Query>({ max: MOST_QUERIES_PER_ROUTE })
  return (text) => {
    let query = known.get(text)
    if (query === undefined) {
      query = readQuery(text)
      if (text.length <= LONGEST_KEPT_QUERY) known.set(text, query)
    }
    return query
  }
}
