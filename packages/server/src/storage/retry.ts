import { setTimeout as pause } from 'node:timers/promises'
import { Contention } from './database.ts'
import { Conflict, StorageUnavailable } from './storage.ts'

/** Parents are locked while children are added, so a conflict is rare, and one that stays is a mistake of ours. */
const CONFLICT_ATTEMPTS = 5
const CONTENTION_ATTEMPTS = 10
const LONGEST_FIRST_PAUSE_MILLISECONDS = 5
const LONGEST_PAUSE_MILLISECONDS = 500

/** Runs the attempt again when it lost a race: it then sees the winner, and says what is wrong or goes through. */
export async function retrying<T>(attempt: () => Promise<T>): Promise<T> {
  let conflicts = 0
  let contentions = 0
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (error instanceof Conflict) {
        conflicts += 1
        if (conflicts === CONFLICT_ATTEMPTS) throw error
      } else if (error instanceof Contention) {
        contentions += 1
        if (contentions === CONTENTION_ATTEMPTS) {
          throw new StorageUnavailable('The database is too busy to finish a write.', { cause: error })
        }
        // Jitter over ever longer times: those that met must not meet again.
        const longest = LONGEST_FIRST_PAUSE_MILLISECONDS * 2 ** contentions
        await pause(Math.random() * Math.min(longest, LONGEST_PAUSE_MILLISECONDS))
      } else {
        throw error
      }
    }
  }
}
