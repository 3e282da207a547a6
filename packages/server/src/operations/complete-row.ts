import type { Draft, RowValue } from '@clipflight/contract'
import type { Row } from '../storage/storage.ts'

const DAY_MILLISECONDS = 86_400_000

/** The whole row of a draft: what was given, and what its definition says for the rest. */
export function completeRow(draft: Draft, id: string, links: Readonly<Record<string, string>>, now: number): Row {
  const row: Record<string, RowValue> & { id: string } = { id }
  for (const [name, { initial = null }] of Object.entries(draft.resource.attributes)) {
    const given = draft.attributes[name]
    if (given !== undefined) row[name] = given
    else if (initial === null || typeof initial !== 'object') row[name] = initial
    else if ('days' in initial) {
      const start = initial.after === undefined ? now : Number(row[initial.after])
      row[name] = start + initial.days * DAY_MILLISECONDS
    } else throw new Error(`Nothing says what '${name}' of a new '${draft.resource.type}' is.`)
  }
  for (const [name, definition] of Object.entries(draft.resource.relationships)) {
    if (definition.cardinality === 'one' && definition.kept === 'column') row[name] = links[name] ?? null
  }
  return row
}
