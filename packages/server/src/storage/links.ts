import { resourceOfType, type PairTable, type Resource } from '@clipflight/contract'
import { pairsOf, tableOf, type Column, type Pairs, type Table } from './columns.ts'

/** Where the links of one relationship are kept, as statements need to know it. */
export type Link =
  | { readonly kept: 'here'; readonly column: Column; readonly target: Table }
  | { readonly kept: 'there'; readonly column: Column; readonly target: Table }
  | ({ readonly kept: 'in pairs'; readonly target: Table } & PairedEnd)

/** One end of a table of pairs, seen from the other. */
export interface PairedEnd {
  readonly pairs: Pairs
  readonly own: string
  readonly other: string
}

/** The column of the end that is not `end`, and that of `end`. */
export function pairedWith(through: PairTable, end: string): PairedEnd {
  const pairs = pairsOf(through)
  const [first, second] = pairs.columns
  return end === pairs.ends[0] ? { pairs, own: second, other: first } : { pairs, own: first, other: second }
}

/** Undefined when the service does not carry the target. */
export function linkOf(resource: Resource, relationship: string): Link | undefined {
  const definition = resource.relationships[relationship]
  if (definition === undefined) throw new Error(`'${resource.type}' has no relationship '${relationship}'.`)
  const target = resourceOfType(definition.target)
  if (target === undefined || definition.kept === 'foreign') return undefined
  const targetTable = tableOf(target)
  if (definition.kept === 'column') {
    return { kept: 'here', column: tableOf(resource).column(relationship), target: targetTable }
  }
  if ('through' in definition.kept) {
    return { kept: 'in pairs', target: targetTable, ...pairedWith(definition.kept.through, target.type) }
  }
  return { kept: 'there', column: targetTable.column(definition.kept.inverse), target: targetTable }
}
