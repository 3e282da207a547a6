import { createControlClient, type ControlClient } from '@clipflight/control'
import { explainControlFailure, type NameOf } from './explain-control-failure.ts'
import type { FoundControl } from './find-control.ts'

export type { ControlClient }

/** A client of that control API, and what its failures mean to who typed the command. Nothing is sent yet. */
export function openControl(
  found: FoundControl,
  nameOf?: NameOf,
): {
  readonly control: ControlClient
  readonly explain: (error: unknown) => unknown
} {
  return { control: createControlClient(found), explain: (error) => explainControlFailure(error, found, nameOf) }
}
