import { createClient } from '@clipflight/client'
import { runWork } from './run-work.ts'
import { TITLES_TO_CREATE, URL_TO_CHANGE_TO, URL_TO_CREATE } from './work.ts'

await runWork((connection) => {
  const client = createClient(connection)
  return {
    async findBundle(bundleId, version) {
      const apps = await client.apps.list({ filter: { bundleId } }).page()
      const app = apps.items.find((each) => each.bundleId === bundleId)
      if (app === undefined) throw new Error(`There is no app ${bundleId}.`)
      const builds = await client.builds.list({ filter: { app: app.id, version }, include: ['buildBundles'] }).page()
      const bundle = builds.items[0]?.buildBundles.find(({ bundleType }) => bundleType === 'APP_CLIP')
      if (bundle === undefined) throw new Error('The build has no App Clip.')
      return bundle.id
    },
    async read(bundle) {
      const invocations = await Array.fromAsync(
        client.buildBundles.betaAppClipInvocations(bundle, {
          include: ['betaAppClipInvocationLocalizations'],
          limits: { betaAppClipInvocationLocalizations: 50 },
          limit: 200,
        }),
      )
      return invocations.map(({ url, localizations }) => ({
        url,
        titles: Object.fromEntries(localizations.map(({ locale, title }) => [locale, title])),
      }))
    },
    async change(buildBundle) {
      const titles = TITLES_TO_CREATE
      const { id } = await client.betaAppClipInvocations.create({ url: URL_TO_CREATE, buildBundle, titles })
      await client.betaAppClipInvocations.update(id, { url: URL_TO_CHANGE_TO })
      await client.betaAppClipInvocations.delete(id)
    },
  }
})
