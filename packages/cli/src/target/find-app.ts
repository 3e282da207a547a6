import type { Client, ResultOf } from '@clipflight/client'
import { CommandError, notFound } from '../command-error.ts'
import { EXIT_USAGE } from '../exit-codes.ts'

export type App = ResultOf<'apps'>

/** Ids of apps are numbers, and nothing else that names an app is. */
const APP_ID = /^\d+$/

/** As many as an answer holds: a short name resembles many. */
const WHOLE_PAGE = { limit: 200 } as const

/**
 * The app with that id, bundle id or name. Apple's filters also find similar ones, so what they find is compared
 * exactly; similar ones are listed in the error.
 */
export async function findApp(client: Client, name: string): Promise<App> {
  if (APP_ID.test(name)) return client.apps.get(name)
  const byBundleId = await Array.fromAsync(client.apps.list({ filter: { bundleId: name }, ...WHOLE_PAGE }))
  const exact = byBundleId.find(({ bundleId }) => bundleId === name)
  if (exact !== undefined) return exact
  const byName = await Array.fromAsync(client.apps.list({ filter: { name }, ...WHOLE_PAGE }))
  const named = byName.filter((app) => app.name === name)
  const [app, ...others] = named
  if (app !== undefined && others.length === 0) return app
  if (app !== undefined) {
    throw new CommandError(`Several apps are named '${name}': say which by its bundle id\n${listApps(named)}`, {
      exitCode: EXIT_USAGE,
      facts: { candidates: named.map(({ id, bundleId, name }) => ({ id, bundleId, name })) },
    })
  }
  const similar = [...new Map([...byBundleId, ...byName].map((each) => [each.id, each])).values()]
  throw notFound(
    `There is no app '${name}' by bundle id, name or id, or this key does not see it`,
    similar.length === 0 ? 'See those there are: clipflight apps list' : `There is:\n${listApps(similar)}`,
  )
}

function listApps(apps: readonly App[]): string {
  return apps.map(({ bundleId, name, id }) => `  ${bundleId}  ${name}  (${id})`).join('\n')
}
