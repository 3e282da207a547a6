import { randomInt } from 'node:crypto'
import type { Cells } from './columns.ts'
import type { Session, Statement } from './database.ts'
import type { ScheduledChange, Transaction } from './storage.ts'
import type { Copying, TeamStatements } from './team-statements.ts'

/** An integer to either database. */
const MOST_HIDDEN = 2 ** 31

/** What transactions do to whole teams. */
export type TeamWrites = Pick<
  Transaction,
  | 'takeTeamNumber'
  | 'insertTeam'
  | 'removeTeam'
  | 'clearRows'
  | 'saveSnapshot'
  | 'restoreSnapshot'
  | 'removeSnapshot'
  | 'schedule'
  | 'takeDue'
>

export function teamWrites(
  session: Session,
  statements: () => TeamStatements,
  removeTesterLinks: () => Statement<number>,
): TeamWrites {
  async function takeTeamNumber(): Promise<number> {
    // Counted here rather than by a sequence: not every database that speaks PostgreSQL counts by one.
    const [last] = await session.execute(statements().nextNumber, undefined)
    return Number(last?.[0])
  }

  async function clearRows(number: number): Promise<void> {
    for (const statement of statements().clearRows()) await session.execute(statement, number)
  }

  async function addMissing(copying: Copying): Promise<void> {
    for (const statement of statements().addMissing()) await session.execute(statement, copying)
  }

  /** What is alike stays: comparing 10,000 invocations takes a third of the time of writing them (measured). */
  async function makeAlike(copying: Copying): Promise<void> {
    for (const statement of statements().removeOthers()) await session.execute(statement, copying)
    await addMissing(copying)
  }

  async function holdTeam(number: number): Promise<void> {
    await session.execute(statements().holdTeam, number)
  }

  /** With all that somebody could add to. */
  async function holdWhole(number: number): Promise<void> {
    await holdTeam(number)
    for (const statement of statements().holdParents()) await session.execute(statement, number)
  }

  async function findCopy(number: number, name: string): Promise<number | undefined> {
    const [found] = await session.execute(statements().findSnapshot, { team: number, name })
    return found === undefined ? undefined : Number(found[0])
  }

  async function removeSnapshot(number: number, name: string): Promise<boolean> {
    const copy = await findCopy(number, name)
    if (copy === undefined) return false
    await clearRows(copy)
    await session.execute(statements().removeSnapshot, { team: number, name })
    await session.execute(statements().remove, copy)
    return true
  }

  return {
    takeTeamNumber,
    async insertTeam({ number: given, ...named }) {
      const number = given ?? (await takeTeamNumber())
      await session.execute(statements().insert, { number, ...named })
      return number
    },
    async clearRows(number) {
      await holdWhole(number)
      await clearRows(number)
    },
    async removeSnapshot(number, name) {
      await holdTeam(number)
      return removeSnapshot(number, name)
    },
    async removeTeam(number) {
      await holdWhole(number)
      for (const [name] of await session.execute(statements().listSnapshots, number)) {
        await removeSnapshot(number, String(name))
      }
      await clearRows(number)
      await session.execute(removeTesterLinks(), number)
      await session.execute(statements().removeKeys, number)
      await session.execute(statements().remove, number)
    },
    async saveSnapshot(number, name, at) {
      await holdWhole(number)
      const before = await findCopy(number, name)
      const copy = before ?? hiddenNumber()
      const row = { team: number, name, copy, at }
      if (before === undefined) {
        // A hidden team has no keys, so nobody is let into it.
        const hidden = { number: copy, name: `${number}/${name}`, issuerId: `snapshot ${number}/${name}` }
        await session.execute(statements().insert, hidden)
        await session.execute(statements().insertSnapshot, row)
        await addMissing({ from: number, to: copy })
      } else {
        await session.execute(statements().dateSnapshot, row)
        await makeAlike({ from: number, to: copy })
      }
      return before !== undefined
    },
    async restoreSnapshot(number, name) {
      await holdWhole(number)
      const copy = await findCopy(number, name)
      if (copy === undefined) return false
      await makeAlike({ from: copy, to: number })
      return true
    },
    async schedule(change) {
      await session.execute(statements().schedule, change)
    },
    async takeDue(number, at) {
      // One statement: what others schedule or take between two would be removed unseen, or taken twice.
      const due = await session.execute(statements().takeDue, { team: number, at })
      return due.map((cells) => readChange(number, cells)).toSorted(byTime)
    },
  }
}

/**
 * Below zero and by lot: to count them would make all who plant a team wait for each other. Of two that are alike one
 * runs again.
 */
function hiddenNumber(): number {
  return -randomInt(1, MOST_HIDDEN)
}

/** Of two at the same time, the one that was scheduled under the lower id. */
function byTime(one: ScheduledChange, other: ScheduledChange): number {
  return one.at - other.at || (one.id < other.id ? -1 : 1)
}

function readChange(number: number, [id, at, change, build]: Cells): ScheduledChange {
  return {
    team: number,
    id: String(id),
    at: Number(at),
    build: String(build),
    // Erasure: `schedule` alone writes the column.
    change: JSON.parse(String(change)) as ScheduledChange['change'],
  }
}
