import { createControlClient, type ControlClient } from '@clipflight/control'
import { explainControlFailure } from './explain-control-failure.ts'
import type { FoundControl } from './find-control.ts'

export type { ControlClient }

/** A client of that control API, and what its failures mean to who typed those options. Nothing is sent yet. */
export function openControl(
  found: FoundControl,
  options: object = {},
): {
  readonly control: ControlClient
  readonly explain: (error: unknown) => unknown
} {
  return {
    control: createControlClient(found),
    explain: (error) => explainControlFailure(error, found, { ...options }),
  }
}
