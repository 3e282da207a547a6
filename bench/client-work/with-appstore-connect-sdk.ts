import {
  appsGetCollection,
  betaAppClipInvocationsCreateInstance,
  betaAppClipInvocationsDeleteInstance,
  betaAppClipInvocationsUpdateInstance,
  buildBundlesBetaAppClipInvocationsGetToManyRelated,
  buildsGetCollection,
  createClient,
} from 'appstore-connect-sdk'
import { findClip, joinTitles } from './documents.ts'
import { runWork } from './run-work.ts'
import { TITLES_TO_CREATE, URL_TO_CHANGE_TO, URL_TO_CREATE } from './work.ts'

await runWork(({ keyId, ...connection }) => {
  const client = createClient({ ...connection, privateKeyId: keyId })
  // Without it, refusals are returned.
  const common = { client, throwOnError: true } as const
  return {
    async findBundle(bundleId, version) {
      const apps = await appsGetCollection({ ...common, query: { 'filter[bundleId]': [bundleId] } })
      const app = apps.data.data.find(({ attributes }) => attributes?.['bundleId'] === bundleId)
      if (app === undefined) throw new Error(`There is no app ${bundleId}.`)
      const query = { 'filter[app]': [app.id], 'filter[version]': [version], include: ['buildBundles'] }
      const builds = await buildsGetCollection({ ...common, query })
      return findClip(builds.data.included ?? [])
    },
    async read(id) {
      const { data: document } = await buildBundlesBetaAppClipInvocationsGetToManyRelated({
        ...common,
        path: { id },
        query: {
          include: ['betaAppClipInvocationLocalizations'],
          'limit[betaAppClipInvocationLocalizations]': 50,
          limit: 200,
        },
      })
      return joinTitles(document.data, document.included ?? [])
    },
    async change(buildBundle) {
      const titles = Object.entries(TITLES_TO_CREATE).map(([locale, title]) => ({
        type: 'betaAppClipInvocationLocalizations',
        id: `\${${locale}}`,
        attributes: { locale, title },
      }))
      const created = await betaAppClipInvocationsCreateInstance({
        ...common,
        body: {
          data: {
            type: 'betaAppClipInvocations',
            attributes: { url: URL_TO_CREATE },
            relationships: {
              buildBundle: { data: { type: 'buildBundles', id: buildBundle } },
              betaAppClipInvocationLocalizations: { data: titles.map(({ type, id }) => ({ type, id })) },
            },
          },
          included: titles,
        },
      })
      const { id } = created.data.data
      const attributes = { url: URL_TO_CHANGE_TO }
      const body = { data: { type: 'betaAppClipInvocations', id, attributes } }
      await betaAppClipInvocationsUpdateInstance({ ...common, path: { id }, body })
      await betaAppClipInvocationsDeleteInstance({ ...common, path: { id } })
    },
  }
})
