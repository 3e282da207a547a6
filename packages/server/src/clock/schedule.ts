import { resourceOfType } from '@clipflight/contract'
import { changeRow } from '../operations/change-row.ts'
import type { ScheduledChange, Storage } from '../storage/storage.ts'

/** What will happen to builds, made to happen before a request of their team looks. */
export interface Schedule {
  /** Whether something of the team is due and has not happened. */
  isDue(team: number): boolean
  /** Makes happen what is due. */
  catchUp(team: number): Promise<void>
  /** To be called when changes were scheduled or taken back. */
  reload(): Promise<void>
}

const NEVER = Number.POSITIVE_INFINITY

/**
 * Looks at the database when it starts and when it is told to: what another process schedules in the same database
 * happens there, or here after the next start.
 */
export function createSchedule({ storage, now }: { readonly storage: Storage; readonly now: () => number }): Schedule {
  let dueByTeam: ReadonlyMap<number, number> = new Map()
  /** Of all teams: one comparison for each request while nothing is due. */
  let earliest = NEVER
  /** False when the database did not answer: something may have been scheduled that nobody here knows of. */
  let isKnown = true
  const catchingUp = new Map<number, Promise<void>>()
  let latest: Promise<void> | undefined

  function reload(): Promise<void> {
    const question: Promise<void> = storage.nextDue().then(
      (found) => {
        // Answers come over several connections: an older one may know nothing of what was scheduled since.
        if (latest !== question) return latest
        dueByTeam = found
        earliest = Math.min(NEVER, ...dueByTeam.values())
        isKnown = true
        return undefined
      },
      (error: unknown) => {
        if (latest === question) isKnown = false
        throw error
      },
    )
    latest = question
    return question
  }

  async function apply(team: number): Promise<void> {
    await storage.write(async (transaction) => {
      const at = now()
      for (const { build, change } of await transaction.takeDue(team, at)) {
        for (const [type, attributes] of Object.entries(change)) {
          const resource = resourceNamed(type)
          const before = await transaction.lock(resource, team, build)
          if (before !== undefined) await changeRow(transaction, resource, team, before, { attributes }, at)
        }
      }
    })
    await reload()
  }

  function isDue(team: number): boolean {
    if (!isKnown) return true
    if (earliest === NEVER) return false
    const at = now()
    return at >= earliest && at >= (dueByTeam.get(team) ?? NEVER)
  }

  function startApplying(team: number): Promise<void> {
    const running = apply(team).finally(() => {
      catchingUp.delete(team)
    })
    catchingUp.set(team, running)
    return running
  }

  return {
    isDue,
    async catchUp(team) {
      // What is under way may have looked at the clock before something else was due.
      while (isDue(team)) await (catchingUp.get(team) ?? startApplying(team))
    },
    reload,
  }
}

function resourceNamed(type: keyof ScheduledChange['change']) {
  const resource = resourceOfType(type)
  if (resource === undefined) throw new Error(`A change is scheduled for '${type}', which is no resource.`)
  return resource
}
