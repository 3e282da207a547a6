import type { FastifyInstance } from 'fastify'
import { createSchedule } from '../clock/schedule.ts'
import type { Clock } from '../clock/clock.ts'
import { openConsole } from '../console/open-console.ts'
import { CONSOLE_PATH, refuseTesterPages } from '../console/serve-pages.ts'
import { createDoorkeeper, type Doorkeeping } from '../control/authority.ts'
import type { ControlParts } from '../control/parts.ts'
import { serveControl } from '../control/serve-control.ts'
import { createFaults } from '../faults/faults.ts'
import { buildServer, type Inside, type ServerParts } from '../http/server.ts'
import { createJournal } from '../journal/journal.ts'

/** What every service is made of. */
export interface ServiceParts extends Omit<
  ServerParts,
  'now' | 'controls' | 'addRoutes' | 'identifySession' | 'homePage'
> {
  readonly clock: Clock
  readonly doorkeeping: Doorkeeping
  /** Absent where there is no console. */
  readonly console?: {
    /** A folder with the built pages, instead of the one of the package. */
    readonly pages?: string
  }
}

/** What a service that can be controlled is made of. */
export interface AssemblyParts extends ServiceParts {
  readonly faultSeed: number
  readonly carryOver: boolean
}

type Wiring = Pick<ServerParts, 'controls'> & {
  readonly control?: (inside: Pick<Inside, 'forgetKey' | 'giveBack'>) => ControlParts
}

/** The service, not yet listening, with its control API. What was scheduled before is not forgotten. */
export async function assemble(
  parts: AssemblyParts,
): Promise<{ readonly server: FastifyInstance; readonly control: ControlParts }> {
  const { faultSeed, carryOver, ...serviceParts } = parts
  const { storage, clock } = parts
  const { now } = clock
  const schedule = createSchedule({ storage, now })
  const journal = createJournal()
  const faults = createFaults({ seed: faultSeed, now })
  let control: ControlParts | undefined
  const server = wire(serviceParts, {
    controls: { journal, faults, schedule },
    control: (inside) => (control = { storage, clock, schedule, journal, faults, carryOver, ...inside }),
  })
  if (control === undefined) throw new Error('The service was built without its routes.')
  await schedule.reload()
  return { server, control }
}

/** The service, not yet listening, that nobody controls: nothing is recorded, and nothing interferes. */
export function assembleUncontrolled(parts: ServiceParts): FastifyInstance {
  return wire(parts, {})
}

function wire({ clock, doorkeeping, console: page, ...serverParts }: ServiceParts, wiring: Wiring): FastifyInstance {
  const { storage } = serverParts
  const { now } = clock
  const { controls, control } = wiring
  const doorkeeper = createDoorkeeper(doorkeeping)
  const opened =
    page === undefined
      ? undefined
      : openConsole({
          ...page,
          storage,
          now,
          machineNow: () => now() - clock.aheadMilliseconds,
          doorkeeper,
          adminToken: doorkeeping.adminToken,
          publicUrl: serverParts.publicUrl,
        })
  return buildServer({
    ...serverParts,
    now,
    ...(controls === undefined ? {} : { controls }),
    ...(opened === undefined ? {} : { identifySession: opened.identifyCaller, homePage: CONSOLE_PATH }),
    addRoutes(inside, { identify, ...memories }) {
      const parts = control?.(memories)
      const side = opened?.side(identify)
      if (parts !== undefined || side !== undefined) serveControl(inside, { parts, doorkeeper, console: side })
      if (opened === undefined) refuseTesterPages(inside)
      else opened.servePages(inside)
    },
  })
}
