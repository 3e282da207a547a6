import type { Clock } from '../clock/clock.ts'
import type { Schedule } from '../clock/schedule.ts'
import type { Faults } from '../faults/faults.ts'
import type { Journal } from '../journal/journal.ts'
import type { Storage } from '../storage/storage.ts'

/** What the operations of the control API work with. */
export interface ControlParts {
  readonly storage: Storage
  readonly clock: Clock
  readonly schedule: Schedule
  readonly journal: Journal
  readonly faults: Faults
  /** Whether invocations of the previous build come along with a new one, where its upload does not say. */
  readonly carryOver: boolean
  /** To be called for each key that is gone. */
  readonly forgetKey: (keyId: string) => void
  /** Gives a key its full budget of requests again. */
  readonly giveBack: (keyId: string) => void
}
