import type { FilterMatch, PairTable } from './define-resource.ts'
import type { RowValue } from './kinds.ts'

/** What a row must fulfil to be in a list. Values of one condition are alternatives; conditions add up. */
export type Condition =
  | { readonly by: 'id'; readonly values: readonly string[] }
  | {
      readonly by: 'attribute'
      readonly attribute: string
      readonly match: FilterMatch
      readonly values: readonly RowValue[]
    }
  /** Linked with one of these ids, whichever side keeps the link. */
  | { readonly by: 'relationship'; readonly relationship: string; readonly values: readonly string[] }
  /** Paired with one of these ids in a table of pairs; `end` is the type at the other end. */
  | { readonly by: 'pair'; readonly through: PairTable; readonly end: string; readonly values: readonly string[] }
  | {
      readonly by: 'related attribute'
      readonly relationship: string
      readonly attribute: string
      readonly values: readonly RowValue[]
    }
  /** Whether an attribute is not null. */
  | { readonly by: 'presence'; readonly attribute: string; readonly present: boolean }
  /** True for every row, or for none: what a filter on a type comes to that the service does not carry. */
  | { readonly by: 'constant'; readonly holds: boolean }

export interface SortKey {
  /** An attribute of the resource, or of the target of `relationship`. */
  readonly attribute: string
  readonly relationship?: string
  readonly descending: boolean
}

/** One page of a list. Rows are ordered by `sort`, then by id. */
export interface Selection {
  readonly conditions: readonly Condition[]
  readonly sort: readonly SortKey[]
  readonly limit: number
  /** Opaque text of a `links.next`, as a client gave it back. */
  readonly cursor?: string
}
