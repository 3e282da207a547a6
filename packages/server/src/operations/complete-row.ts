import type { Draft, RowValue } from '@clipflight/contract'
import type { Row } from '../storage/storage.ts'

const DAY_MILLISECONDS = 86_400_000

/** The whole row of a draft: what was given, and what its definition says for the rest. */
export function completeRow(draft: Draft, id: string, links: Readonly<Record<string, string>>, now: number): Row {
  const row: Record<string, RowValue> & { id: string } = { id }
  for (const [name, { initial = null }] of Object.entries(draft.resource.attributes)) {
    const given = draft.attributes[name]
    if (given !== undefined) row[name] = given
    else
      row[name] =
        initial !== null && typeof initial === 'object' ? now + initial.daysFromNow * DAY_MILLISECONDS : initial
  }
  for (const [name, definition] of Object.entries(draft.resource.relationships)) {
    if (definition.cardinality === 'one' && definition.kept === 'column') row[name] = links[name] ?? null
  }
  return row
}
