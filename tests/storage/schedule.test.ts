import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createSchedule } from '../../packages/server/src/clock/schedule.ts'
import { describeStorage } from './describe-storage.ts'
import { addTeam, addTree } from './rows.ts'

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
})
