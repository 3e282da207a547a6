import { loadWithAutocannon } from './load-autocannon.ts'
import { loadWithSockets } from './load-sockets.ts'
import { loadWithWrk } from './load-wrk.ts'
import type { Load, Outcome } from './load.ts'
import { HAS_WRK } from './machine.ts'

export const LOAD_GENERATOR = HAS_WRK ? 'wrk' : 'autocannon'

export function runLoad(load: Load, seconds: number): Promise<Outcome> {
  if (load.isBare === true) return loadWithSockets(load, seconds)
  return HAS_WRK ? loadWithWrk(load, seconds) : loadWithAutocannon(load, seconds)
}
