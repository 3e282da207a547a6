import { after, before, describe } from 'node:test'
import { openStorage } from '../../packages/server/src/storage/open.ts'
import type { Storage } from '../../packages/server/src/storage/storage.ts'
import { databases, freshDatabase, type FreshDatabase } from '../databases.ts'

/** A suite on every database. All its tests share one storage, so each has a team of its own. */
export function describeStorage(what: string, define: (storage: () => Storage) => void): void {
  for (const kind of databases) {
    describe(`${what} on ${kind}`, () => {
      let database: FreshDatabase
      let opened: Storage
      before(async () => {
        database = await freshDatabase(kind)
        opened = await openStorage(database.location)
      })
      after(async () => {
        await opened.close()
        await database.discard()
      })
      define(() => opened)
    })
  }
}
