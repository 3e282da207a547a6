import type { RequestQuery } from '@clipflight/control'
import { hasStatus } from '@clipflight/control/has-status'
import { toPathPattern } from '@clipflight/control/path-pattern'
import type { Entry } from './entry.ts'
import { pathOf } from './write-entry.ts'

/** Whether an entry is one of those that are asked for. */
export function toSearch(query: RequestQuery): (entry: Entry) => boolean {
  const { path, method, status, key, team, since, until } = query
  const pattern = path === undefined ? undefined : toPathPattern(path)
  const from = since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since)
  const to = until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until)
  return (entry) =>
    (method === undefined || method.toUpperCase() === entry.method) &&
    (status === undefined || hasStatus(entry.status, status)) &&
    (key === undefined || key === entry.key) &&
    (team === undefined || team === entry.team) &&
    entry.at >= from &&
    entry.at <= to &&
    // Last, as it takes longest.
    (pattern === undefined || pattern.test(pathOf(entry)))
}
