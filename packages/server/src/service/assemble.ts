import type { FastifyInstance } from 'fastify'
import { createSchedule } from '../clock/schedule.ts'
import type { Clock } from '../clock/clock.ts'
import type { Doorkeeping } from '../control/authority.ts'
import type { ControlParts } from '../control/parts.ts'
import { serveControl } from '../control/serve-control.ts'
import { createFaults } from '../faults/faults.ts'
import { buildServer, type ServerParts } from '../http/server.ts'
import { createJournal } from '../journal/journal.ts'

/** What a service that can be controlled is made of. */
export interface AssemblyParts extends Omit<ServerParts, 'now' | 'controls' | 'addRoutes'> {
  readonly clock: Clock
  readonly faultSeed: number
  readonly carryOver: boolean
  readonly doorkeeping: Doorkeeping
}

/** The service, not yet listening, with its control API. What was scheduled before is not forgotten. */
export async function assemble(
  parts: AssemblyParts,
): Promise<{ readonly server: FastifyInstance; readonly control: ControlParts }> {
  const { clock, faultSeed, carryOver, doorkeeping, ...serverParts } = parts
  const { storage } = parts
  const { now } = clock
  const schedule = createSchedule({ storage, now })
  const journal = createJournal()
  const faults = createFaults({ seed: faultSeed, now })
  let control: ControlParts | undefined
  const server = buildServer({
    ...serverParts,
    now,
    controls: { journal, faults, schedule },
    addRoutes(routes, inside) {
      control = { storage, clock, schedule, journal, faults, carryOver, ...inside }
      serveControl(routes, control, doorkeeping)
    },
  })
  if (control === undefined) throw new Error('The service was built without its routes.')
  await schedule.reload()
  return { server, control }
}
