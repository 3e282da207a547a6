import { teams } from './0001-teams.ts'
import { appsAndBuilds } from './0002-apps-and-builds.ts'
import { testflight } from './0003-testflight.ts'
import { invocations } from './0004-invocations.ts'
import { sandbox } from './0005-sandbox.ts'
import { consoleTables } from './0006-console.ts'
import { expiry } from './0007-expiry.ts'
import type { Migrate } from './create-table.ts'

/** The history of the schema, oldest first. A released entry never changes; a change is a new entry. */
export const migrations: Readonly<Record<string, Migrate>> = {
  '0001-teams': teams,
  '0002-apps-and-builds': appsAndBuilds,
  '0003-testflight': testflight,
  '0004-invocations': invocations,
  '0005-sandbox': sandbox,
  '0006-console': consoleTables,
  '0007-expiry': expiry,
}
