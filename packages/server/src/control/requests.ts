import type { Input, Output } from '@clipflight/control'
import { toSearch } from '../journal/search.ts'
import { writeEntry } from '../journal/write-entry.ts'
import type { ControlParts } from './parts.ts'

const FEW = 100

export function listRequests(
  { journal }: ControlParts,
  { limit = FEW, ...query }: Input<'listRequests'>,
): Promise<Output<'listRequests'>> {
  const found = [...journal.entries()].filter(toSearch(query))
  return Promise.resolve({ requests: found.slice(-limit).map(writeEntry) })
}
