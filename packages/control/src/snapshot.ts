import { Type, type Static } from 'typebox'
import { strict } from './strict.ts'

/** It stands in a path. */
export const snapshotName = Type.String({
  // URLs lose '.' and '..' on their way, encoded or not.
  pattern: String.raw`^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$`,
  description: "1 to 64 letters, digits, '.', '_' and '-', and not '.' or '..'.",
})

export const snapshot = strict(
  { name: snapshotName, savedAt: Type.String({ format: 'date-time' }) },
  'The state of a team as it once was, under a name.',
)
export type Snapshot = Static<typeof snapshot>

/** A snapshot that was just saved. */
export const madeSnapshot = strict({
  ...snapshot.properties,
  replaced: Type.Boolean({ description: 'Whether another had that name, and is gone.' }),
})
