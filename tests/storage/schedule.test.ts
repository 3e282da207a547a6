import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { resources } from '@clipflight/contract'
import { createSchedule } from '../../packages/server/src/clock/schedule.ts'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import { describeStorage } from './describe-storage.ts'
import { addTeam, addTree } from './rows.ts'

const EXPIRY = { change: { builds: { expired: true } } }

describeStorage('the schedule', (storage) => {
  test('is as the latest question found it, whichever answer comes last', async () => {
    const team = await addTeam(storage())
    const { build } = await addTree(storage(), team)
    const held = Promise.withResolvers<void>()
    let asked = 0
    // The answer to the first question is on its way for longer than the second's, as on two connections.
    const slowFirst = {
      ...storage(),
      async nextDue() {
        const isFirst = (asked += 1) === 1
        const found = await storage().nextDue()
        if (isFirst) await held.promise
        return found
      },
    }
    const schedule = createSchedule({ storage: slowFirst, now: () => 10 })

    const first = schedule.reload()
    const change = { builds: { processingState: 'VALID' } }
    await storage().write((transaction) =>
      transaction.schedule({ team, id: randomUUID(), at: 5, build: build.id, change }),
    )
    await schedule.reload()
    held.resolve()
    await first

    assert.equal(schedule.isDue(team), true)
  })

  test('gives each change that is due to one of those who ask at once, while more are scheduled', async () => {
    const team = await addTeam(storage())
    const { build } = await addTree(storage(), team)
    const add = (id: string) =>
      storage().write((transaction) => transaction.schedule({ ...EXPIRY, team, id, at: 1, build: build.id }))
    const take = () => storage().write((transaction) => transaction.takeDue(team, 1))
    const ids = Array.from({ length: 40 }, () => randomUUID())

    const taken = await Promise.all(ids.map((id) => Promise.all([take(), add(id), take()])))

    const found = [...taken.flatMap(([one, , other]) => [...one, ...other]), ...(await take())]
    assert.deepEqual(found.map(({ id }) => id).toSorted(), ids.toSorted())
  })

  test('gives what is due in the order in which it happens', async () => {
    const team = await addTeam(storage())
    const { build } = await addTree(storage(), team)
    await storage().write(async (transaction) => {
      for (const at of [3, 1, 5, 2, 4])
        await transaction.schedule({ ...EXPIRY, team, id: randomUUID(), at, build: build.id })
    })

    const due = await storage().write((transaction) => transaction.takeDue(team, 4))

    assert.deepEqual(
      due.map(({ at }) => at),
      [1, 2, 3, 4],
    )
    assert.equal((await storage().nextDue()).get(team), 5)
  })

  test('has happened up to the time when somebody asked, whom one before him kept waiting', async () => {
    const team = await addTeam(storage())
    const { build } = await addTree(storage(), team)
    await storage().write(async (transaction) => {
      for (const [at, change] of [
        [1, { builds: { processingState: 'INVALID' } }],
        [2, EXPIRY.change],
      ] as const) {
        await transaction.schedule({ team, id: randomUUID(), at, build: build.id, change })
      }
    })
    let now = 1
    const taken = Promise.withResolvers<void>()
    const held = Promise.withResolvers<void>()
    // The first to ask has looked at the clock, and is not done before the second asks.
    const slow: Storage = {
      ...storage(),
      async write(work) {
        const result = await storage().write(work)
        taken.resolve()
        await held.promise
        return result
      },
    }
    const schedule = createSchedule({ storage: slow, now: () => now })
    await schedule.reload()

    const first = schedule.catchUp(team)
    await taken.promise
    now = 2
    const second = schedule.catchUp(team)
    held.resolve()
    await Promise.all([first, second])

    assert.equal(schedule.isDue(team), false)
    const after = await storage().reader.find(resources.builds, team, build.id)
    assert.deepEqual([after?.['processingState'], after?.['expired']], ['INVALID', true])
  })
})
