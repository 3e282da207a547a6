import type { Resource } from '../define-resource.ts'
import type { RowValue } from '../kinds.ts'

/** A resource that a client asked for: read and found well-formed, not yet saved. */
export interface Draft {
  readonly resource: Resource
  /** JSON pointer to where the request describes it: `/data`, or `/included/2`. */
  readonly pointer: string
  /** Attributes that were given, as rows hold them. */
  readonly attributes: Readonly<Record<string, RowValue>>
  /** Ids of to-one relationships that were given, by name. */
  readonly links: Readonly<Record<string, string>>
}

/** A creation: the resource itself, and what is made along with it, inline, by relationship. */
export interface Creation extends Draft {
  readonly inline: Readonly<Record<string, readonly Draft[]>>
}

/** A change to a saved resource: only what was given. */
export interface Update {
  readonly attributes: Readonly<Record<string, RowValue>>
}
