import type { ConsoleOperationName, Input, OperationName, Output } from '@clipflight/control'
import { addBuild } from './add-build.ts'
import { changeClock, readClock } from './clock.ts'
import { exportSeed } from './export-seed.ts'
import { createFault, deleteFault, deleteFaults, listFaults, listPresets } from './faults.ts'
import type { ControlParts } from './parts.ts'
import { listRequests } from './requests.ts'
import { deleteSnapshot, listSnapshots, resetTeam, restoreSnapshot, saveSnapshot } from './snapshots.ts'
import { createKey, createTeam, deleteTeam, listKeys, listTeams, revokeKey, seedTeam } from './teams.ts'

/** All but the one whose answer has no end, and those of the console. */
export type AnsweredName = Exclude<OperationName, 'followRequests' | ConsoleOperationName>

/** What each operation does. Refuses by throwing `ApiError`, and has changed nothing then. */
export const controlOperations: {
  readonly [N in AnsweredName]: (parts: ControlParts, input: Input<N>) => Promise<Output<N>>
} = {
  listTeams,
  createTeam,
  deleteTeam,
  listKeys,
  createKey,
  revokeKey,
  createBuild: addBuild,
  seedTeam,
  resetTeam,
  listSnapshots,
  saveSnapshot,
  restoreSnapshot,
  deleteSnapshot,
  exportSeed,
  listRequests,
  listFaults,
  createFault,
  deleteFault,
  deleteFaults,
  listPresets,
  readClock,
  changeClock,
}
