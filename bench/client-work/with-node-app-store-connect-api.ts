import { api } from 'node-app-store-connect-api'
import { findClip, joinTitles } from './documents.ts'
import { runWork } from './run-work.ts'
import { TITLES_TO_CREATE, URL_TO_CHANGE_TO, URL_TO_CREATE } from './work.ts'

await runWork(async ({ baseUrl, keyId, issuerId, privateKey }) => {
  const { read, create, update, remove } = await api({ issuerId, apiKey: keyId, privateKey, urlBase: baseUrl })
  // Queries stand in the paths: its `params` and its `readAll` ask a wrong URL when the base is not https.
  return {
    async findBundle(bundleId, version) {
      const apps = await read(`apps?filter[bundleId]=${bundleId}`)
      const app = apps.data.find(({ attributes }) => attributes?.['bundleId'] === bundleId)
      if (app === undefined) throw new Error(`There is no app ${bundleId}.`)
      const builds = await read(`builds?filter[app]=${app.id}&filter[version]=${version}&include=buildBundles`)
      return findClip(Object.values(builds.included['buildBundles'] ?? {}))
    },
    async read(bundle) {
      const titles = 'betaAppClipInvocationLocalizations'
      const { data, included } = await read(
        `buildBundles/${bundle}/betaAppClipInvocations?include=${titles}&limit[${titles}]=50&limit=200`,
      )
      return joinTitles(data, Object.values(included[titles] ?? {}))
    },
    async change(buildBundle) {
      const titles = Object.entries(TITLES_TO_CREATE).map(([locale, title]) => ({
        type: 'betaAppClipInvocationLocalizations',
        id: `\${${locale}}`,
        attributes: { locale, title },
      }))
      const made = await create({
        type: 'betaAppClipInvocations',
        attributes: { url: URL_TO_CREATE },
        relationships: {
          buildBundle: { type: 'buildBundles', id: buildBundle },
          betaAppClipInvocationLocalizations: titles,
        },
        included: titles,
      })
      await update(made, { attributes: { url: URL_TO_CHANGE_TO } })
      await remove(made)
    },
  }
})
