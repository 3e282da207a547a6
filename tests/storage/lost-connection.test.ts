import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import pg from 'pg'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import { databases, freshDatabase } from '../databases.ts'

describe(
  'a connection that PostgreSQL ends in the middle of a write',
  { skip: !databases.includes('postgres') },
  () => {
    it('fails that write only, and the next one goes through', async (t) => {
      const fresh = await freshDatabase('postgres')
      const storage = await openStorage(fresh.location)
      const killer = new pg.Client(fresh.location.databaseUrl)
      await killer.connect()
      t.after(async () => {
        await killer.end()
        await storage.close()
        await fresh.discard()
      })
      const team = (name: string) => ({ name, issuerId: `00000000-0000-4000-8000-${name.padEnd(12, '0')}` })

      const lost = storage.write(async (transaction) => {
        await transaction.insertTeam(team('a'))
        await killer.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        )
        return transaction.insertTeam(team('b'))
      })

      await assert.rejects(lost)
      assert.equal(typeof (await storage.write((transaction) => transaction.insertTeam(team('c')))), 'number')
    })
  },
)
