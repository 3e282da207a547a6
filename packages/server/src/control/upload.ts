import type { BuildCreation } from '@clipflight/control'

/** What is settled before the database is asked, and stays the same when it asks to run it all again. */
export interface Upload extends BuildCreation {
  readonly team: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly platform: NonNullable<BuildCreation['platform']>
  readonly carryOver: boolean
  /** Whether a fault keeps it in processing: asked once nothing more is refused, for what is refused uses up no fault. */
  readonly staysInProcessing: () => boolean
}
