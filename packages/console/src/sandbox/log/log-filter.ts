import type { LoggedRequest } from '@clipflight/control'
import { CONSOLE_KEY } from '@clipflight/control/console-key'
import { hasStatus } from '@clipflight/control/has-status'
import { toPathPattern } from '@clipflight/control/path-pattern'

/** Which requests are shown. What is '' or false asks for nothing. */
export interface LogFilter {
  /** With * for a part between slashes and ** for any number of them. */
  readonly path: string
  readonly method: string
  /** `404`, `4xx`, or `cut` for those whose connection was cut. */
  readonly status: string
  readonly key: string
  readonly failed: boolean
  /** With what this console itself asked for. */
  readonly own: boolean
}

export const CUT = 'cut'

/** As the address has it. */
export function readFilter(search: URLSearchParams): LogFilter {
  return {
    path: search.get('path') ?? '',
    method: search.get('method') ?? '',
    status: search.get('status') ?? '',
    key: search.get('key') ?? '',
    failed: search.has('failed'),
    own: search.has('own'),
  }
}

/** The address with the filter changed; the rest of it stays. */
export function writeFilter(search: URLSearchParams, change: Partial<LogFilter>): URLSearchParams {
  const changed = new URLSearchParams(search)
  for (const [name, value] of Object.entries(change)) {
    if (value === '' || value === false) changed.delete(name)
    else changed.set(name, value === true ? '1' : String(value))
  }
  return changed
}

/** Whether the filter asks for anything. */
export function isFiltering({ path, method, status, key, failed }: LogFilter): boolean {
  return failed || [path, method, status, key].some((each) => each !== '')
}

/** Whether a request went wrong, whoever was to blame. */
export function hasFailed({ status }: LoggedRequest): boolean {
  return status === null || status >= 400
}

/** Says of each request whether it is to be shown. Paths are looked at once each: they come again and again. */
export function toTest(filter: LogFilter): (request: LoggedRequest) => boolean {
  const pattern = filter.path === '' ? undefined : toPathPattern(filter.path)
  const paths = new Map<string, boolean>()
  function hasPath(path: string): boolean {
    const found = paths.get(path) ?? pattern?.test(path) ?? true
    paths.set(path, found)
    return found
  }
  return (request) =>
    (filter.own || filter.key === CONSOLE_KEY || request.key !== CONSOLE_KEY) &&
    (!filter.failed || hasFailed(request)) &&
    (filter.method === '' || filter.method === request.method) &&
    (filter.key === '' || filter.key === request.key) &&
    (filter.status === '' ||
      (filter.status === CUT ? request.status === null : hasStatus(request.status, filter.status))) &&
    (pattern === undefined || hasPath(request.path))
}
