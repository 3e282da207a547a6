// A story with node-app-store-connect-api, as its README shows it.
import { readFile } from 'node:fs/promises'
import { api } from 'node-app-store-connect-api'

const { read, readAll, create, update, remove } = await api({
  issuerId: process.env.ASC_ISSUER_ID,
  apiKey: process.env.ASC_KEY_ID,
  privateKey: await readFile(process.env.ASC_PRIVATE_KEY_PATH, 'utf8'),
})

const {
  data: [app],
} = await read('apps', { params: { 'filter[bundleId]': 'com.example.coffee' } })
const { included } = await read('builds', {
  params: { 'filter[app]': app.id, sort: '-uploadedDate', include: 'buildBundles', limit: 1 },
})
const bundle = Object.values(included.buildBundles).find(({ attributes }) => attributes.bundleType === 'APP_CLIP')

const created = await create({
  type: 'betaAppClipInvocations',
  attributes: { url: 'https://coffee.example.com/gift' },
  relationships: {
    buildBundle: bundle,
    betaAppClipInvocationLocalizations: [{ type: 'betaAppClipInvocationLocalizations', id: '${en}' }],
  },
  included: [
    { type: 'betaAppClipInvocationLocalizations', id: '${en}', attributes: { locale: 'en-US', title: 'Send a gift' } },
  ],
})

// With a page for each, so that the package follows `links.next`.
const list = () =>
  readAll(`buildBundles/${bundle.id}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations&limit=1`)
const urlsOf = ({ data }) => data.map(({ attributes }) => attributes.url)

const before = await list()
const [localization] = before.data.find(({ id }) => id === created.id).relationships.betaAppClipInvocationLocalizations
  .data
const retitled = await update(localization, { attributes: { title: 'Give a coffee' } })
const moved = await update(created, { attributes: { url: 'https://coffee.example.com/present' } })
const listed = urlsOf(await list())
await remove(created)

console.log(
  JSON.stringify({
    created: created.attributes.url,
    title: retitled.attributes.title,
    url: moved.attributes.url,
    listed,
    left: urlsOf(await list()),
  }),
)
