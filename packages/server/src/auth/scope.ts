import { refuse } from '@clipflight/contract'

/** One request that a token with a scope may make: what a `scope` claim lists as `GET /v1/apps?filter[name]=x`. */
export interface ScopeEntry {
  readonly method: string
  /** Path and query in the one spelling that `toTarget` gives to all equal ones. */
  readonly target: string
}

/**
 * Unverified: that the verb is written in capitals and the path starts with a slash; only entries without any verb
 * were seen refused (evidence 2.2).
 */
const ENTRY = /^([A-Z]+) (\/\S*)$/

/** Documented: these choose a page of the same answer, so no scope looks at them. */
const IGNORED_PARAMETERS: ReadonlySet<string> = new Set(['limit', 'cursor', 'sort'])

/** Unverified: that there is a limit. A remembered token keeps its scope in memory. */
const MOST_ENTRIES = 100

/**
 * The `scope` claim of a verified token; undefined when the token has none and may do what its key may.
 * Answers a malformed one with 400, as Apple does, although the token and not the entity is at fault.
 */
export function readScope(claim: unknown): readonly ScopeEntry[] | undefined {
  if (claim === undefined) return undefined
  if (!Array.isArray(claim) || claim.length === 0 || claim.length > MOST_ENTRIES) return refuseMalformed()
  return claim.map(readEntry)
}

function readEntry(entry: unknown): ScopeEntry {
  const [, method, url] = (typeof entry === 'string' ? ENTRY.exec(entry) : null) ?? []
  if (method === undefined || url === undefined) return refuseMalformed()
  return { method, target: toTarget(url) }
}

/** Ends a request that the scope of its token does not cover. `url` is path and query as they were sent. */
export function refuseOutOfScope(scope: readonly ScopeEntry[] | undefined, method: string, url: string): void {
  if (scope === undefined) return
  const entries = scope.filter((entry) => entry.method === method)
  // A scope only ever allows reading: naming another verb is answered even when path and query would match.
  // Unverified: that the path plays no part in this; it was seen with a matching one only.
  if (method !== 'GET' && entries.length > 0) return refuse({ code: 'METHOD_NOT_ALLOWED' })
  const target = toTarget(url)
  if (entries.some((entry) => entry.target === target)) return
  refuse({
    code: 'FORBIDDEN.REQUEST_DOES_NOT_MATCH_SCOPE',
    // Unverified: the detail; only the code was recorded.
    detail: 'No entry in the scope of the token matches this request',
  })
}

/**
 * Unverified: that repeated equal parameters count once, that a value is compared as one text (so `a,b` is not
 * `b,a`), and that `limit[x]`, unlike `limit`, has to match.
 */
function toTarget(url: string): string {
  const [path = '', ...query] = url.split('?')
  const parameters = new Set<string>()
  for (const [name, value] of new URLSearchParams(query.join('?'))) {
    if (!IGNORED_PARAMETERS.has(name)) parameters.add(`${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
  }
  return `${path}?${[...parameters].sort().join('&')}`
}

function refuseMalformed(): never {
  return refuse({
    code: 'ENTITY_INVALID',
    // Unverified: the detail; only code and title were recorded.
    detail: "The scope of the token has to be an array of one or more entries such as 'GET /v1/apps'",
  })
}
