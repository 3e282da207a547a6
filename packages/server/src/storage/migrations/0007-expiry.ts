import { sql } from 'kysely'
import type { Migrate } from './create-table.ts'

const CHANGE = JSON.stringify({
  builds: { expired: true },
  buildBetaDetails: { internalBuildState: 'EXPIRED', externalBuildState: 'EXPIRED' },
})

/** What was added before builds expired by themselves does so too. */
export const expiry: Migrate = async (db) => {
  await sql`insert into scheduled_changes (team_id, id, at, change, build_id)
      select team_id, id, expiration_date, ${sql.lit(CHANGE)}, id from builds where expired = 0`.execute(db)
}
