import type { Cells } from './columns.ts'
import type { Session } from './database.ts'
import type { ScheduledChange, Team, Transaction } from './storage.ts'
import type { Copying, TeamStatements } from './team-statements.ts'

/** What transactions do to whole teams. */
export type TeamWrites = Pick<
  Transaction,
  | 'insertTeam'
  | 'removeTeam'
  | 'clearRows'
  | 'saveSnapshot'
  | 'restoreSnapshot'
  | 'removeSnapshot'
  | 'schedule'
  | 'takeDue'
>

export function teamWrites(session: Session, statements: () => TeamStatements): TeamWrites {
  async function insertTeam(given: Omit<Team, 'number'>): Promise<number> {
    // Counted here rather than by a sequence: not every database that speaks PostgreSQL counts by one.
    const [last] = await session.execute(statements().nextNumber, undefined)
    const number = Number(last?.[0])
    await session.execute(statements().insert, { number, ...given })
    return number
  }

  async function clearRows(number: number): Promise<void> {
    for (const statement of statements().clearRows) await session.execute(statement, number)
  }

  /** What is alike stays: comparing 10,000 invocations takes a third of the time of writing them (measured). */
  async function makeAlike(copying: Copying): Promise<void> {
    for (const statement of statements().removeOthers) await session.execute(statement, copying)
    for (const statement of statements().addMissing) await session.execute(statement, copying)
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
    insertTeam,
    clearRows,
    removeSnapshot,
    async removeTeam(number) {
      for (const [name] of await session.execute(statements().listSnapshots, number)) {
        await removeSnapshot(number, String(name))
      }
      await clearRows(number)
      await session.execute(statements().removeKeys, number)
      await session.execute(statements().remove, number)
    },
    async saveSnapshot(number, name, at) {
      const before = await findCopy(number, name)
      // A hidden team has no keys, so nobody is let into it.
      const copy = before ?? (await insertTeam({ name: `${number}/${name}`, issuerId: `snapshot ${number}/${name}` }))
      const row = { team: number, name, copy, at }
      if (before === undefined) await session.execute(statements().insertSnapshot, row)
      else await session.execute(statements().dateSnapshot, row)
      await makeAlike({ from: number, to: copy })
    },
    async restoreSnapshot(number, name) {
      const copy = await findCopy(number, name)
      if (copy === undefined) return false
      await makeAlike({ from: copy, to: number })
      return true
    },
    async schedule(change) {
      await session.execute(statements().schedule, change)
    },
    async takeDue(number, at) {
      const due = await session.execute(statements().listDue, { team: number, at })
      if (due.length > 0) await session.execute(statements().removeDue, { team: number, at })
      return due.map((cells) => readChange(number, cells))
    },
  }
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
