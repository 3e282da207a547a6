import type { Identify } from '../auth/identify.ts'
import type { Doorkeeper } from '../control/authority.ts'
import type { ControlParts } from '../control/parts.ts'
import type { Storage } from '../storage/storage.ts'
import type { Sessions } from './sessions.ts'
import type { SignInCodes } from './sign-in-codes.ts'
import type { Throttle } from './throttle.ts'

/** What the operations of the console work with. */
export interface ConsoleParts {
  readonly storage: Storage
  /** Milliseconds since 1970, by the service's clock. */
  readonly now: () => number
  readonly schedule: ControlParts['schedule']
  readonly doorkeeper: Doorkeeper
  readonly sessions: Sessions
  readonly codes: SignInCodes
  readonly throttle: Throttle
  readonly identify: Identify
  /** Whether the service offers operations for admins. */
  readonly isControlled: boolean
  /** What the service is known by; undefined where nobody said. */
  readonly publicUrl: string | undefined
}
