import type { FastifyInstance } from 'fastify'
import { createIdentifier } from '../auth/identify.ts'
import { createSchedule, type Schedule } from '../clock/schedule.ts'
import type { Clock } from '../clock/clock.ts'
import { openConsole } from '../console/open-console.ts'
import { CONSOLE_PATH, refuseTesterPages } from '../console/serve-pages.ts'
import { createDoorkeeper, type Doorkeeping } from '../control/authority.ts'
import type { ControlParts } from '../control/parts.ts'
import { serveControl } from '../control/serve-control.ts'
import { createFaults } from '../faults/faults.ts'
import { buildServer, type ServerParts } from '../http/server.ts'
import { createJournal } from '../journal/journal.ts'
import { createRateLimit } from '../rate-limit/rate-limit.ts'

/** What every service is made of. */
export interface ServiceParts extends Pick<ServerParts, 'storage' | 'publicUrl' | 'logLevel' | 'logStream'> {
  readonly clock: Clock
  /** Requests per key and rolling hour. */
  readonly rateLimit: number | 'off'
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

/** The service, not yet listening, with its control API. What was scheduled before is not forgotten. */
export async function assemble({
  faultSeed,
  carryOver,
  ...parts
}: AssemblyParts): Promise<{ readonly server: FastifyInstance; readonly control: ControlParts }> {
  const { storage, clock } = parts
  const inner = createInner(parts)
  const control: ControlParts = {
    storage,
    clock,
    schedule: inner.schedule,
    journal: createJournal(),
    faults: createFaults({ seed: faultSeed, now: clock.now }),
    carryOver,
    forgetKey: inner.identifier.forgetKey,
    giveBack: inner.rateLimit.giveBack,
  }
  const server = wire(parts, inner, control)
  await inner.schedule.reload()
  return { server, control }
}

/** The service, not yet listening, that nobody controls: nothing is recorded, and nothing interferes. */
export async function assembleUncontrolled(parts: ServiceParts): Promise<FastifyInstance> {
  const inner = createInner(parts)
  await inner.schedule.reload()
  return wire(parts, inner)
}

/** What remembers keys, and what is due. */
interface Inner extends Pick<ServerParts, 'identifier' | 'rateLimit'> {
  readonly schedule: Schedule
}

function createInner({ storage, clock: { now }, rateLimit }: ServiceParts): Inner {
  return {
    identifier: createIdentifier({ findKey: (id) => storage.findKey(id), now }),
    rateLimit: createRateLimit({ perHour: rateLimit, now }),
    schedule: createSchedule({ storage, now }),
  }
}

function wire(
  { clock, doorkeeping, console: page, ...parts }: ServiceParts,
  inner: Inner,
  control?: ControlParts,
): FastifyInstance {
  const { storage, publicUrl } = parts
  const { now } = clock
  const doorkeeper = createDoorkeeper(doorkeeping)
  const opened =
    page === undefined
      ? undefined
      : openConsole({
          ...page,
          storage,
          now,
          schedule: inner.schedule,
          machineNow: () => now() - clock.aheadMilliseconds,
          doorkeeper,
          adminToken: doorkeeping.adminToken,
          publicUrl,
        })
  return buildServer({
    ...parts,
    ...inner,
    now,
    isMachineTime: () => clock.isMachines,
    ...(control === undefined ? {} : { controls: control }),
    ...(opened === undefined ? {} : { identifySession: opened.identifyCaller, homePage: CONSOLE_PATH }),
    addRoutes(server) {
      const side = opened?.side(inner.identifier.identify)
      if (control !== undefined || side !== undefined)
        serveControl(server, { parts: control, doorkeeper, console: side })
      if (opened === undefined) refuseTesterPages(server)
      else opened.servePages(server)
    },
  })
}
