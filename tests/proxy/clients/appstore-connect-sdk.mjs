// A story with appstore-connect-sdk, as its README shows it: nothing in it knows of Clipflight.
import { readFile } from 'node:fs/promises'
import {
  appsGetCollection,
  betaAppClipInvocationLocalizationsUpdateInstance,
  betaAppClipInvocationsCreateInstance,
  betaAppClipInvocationsDeleteInstance,
  betaAppClipInvocationsUpdateInstance,
  buildBundlesBetaAppClipInvocationsGetToManyRelated,
  buildsGetCollection,
  createClient,
} from 'appstore-connect-sdk'

const client = createClient({
  issuerId: process.env.ASC_ISSUER_ID,
  privateKeyId: process.env.ASC_KEY_ID,
  privateKey: await readFile(process.env.ASC_PRIVATE_KEY_PATH, 'utf8'),
})

async function dataOf(call) {
  const { data, error } = await call
  if (error !== undefined) throw new Error(JSON.stringify(error))
  return data
}

const apps = await dataOf(appsGetCollection({ client, query: { 'filter[bundleId]': ['com.example.coffee'] } }))
const builds = await dataOf(
  buildsGetCollection({
    client,
    query: { 'filter[app]': [apps.data[0].id], sort: ['-uploadedDate'], include: ['buildBundles'], limit: 1 },
  }),
)
const bundle = builds.included.find(({ attributes }) => attributes.bundleType === 'APP_CLIP')

const created = await dataOf(
  betaAppClipInvocationsCreateInstance({
    client,
    body: {
      data: {
        type: 'betaAppClipInvocations',
        attributes: { url: 'https://coffee.example.com/gift' },
        relationships: {
          buildBundle: { data: { type: 'buildBundles', id: bundle.id } },
          betaAppClipInvocationLocalizations: {
            data: [{ type: 'betaAppClipInvocationLocalizations', id: '${en}' }],
          },
        },
      },
      included: [
        {
          type: 'betaAppClipInvocationLocalizations',
          id: '${en}',
          attributes: { locale: 'en-US', title: 'Send a gift' },
        },
      ],
    },
  }),
)
const { id } = created.data

async function list() {
  return dataOf(
    buildBundlesBetaAppClipInvocationsGetToManyRelated({
      client,
      path: { id: bundle.id },
      query: { include: ['betaAppClipInvocationLocalizations'] },
    }),
  )
}

const urlsOf = ({ data }) => data.map(({ attributes }) => attributes.url)
const before = await list()
const [localization] = before.data.find((each) => each.id === id).relationships.betaAppClipInvocationLocalizations.data
const retitled = await dataOf(
  betaAppClipInvocationLocalizationsUpdateInstance({
    client,
    path: { id: localization.id },
    body: { data: { type: localization.type, id: localization.id, attributes: { title: 'Give a coffee' } } },
  }),
)
const moved = await dataOf(
  betaAppClipInvocationsUpdateInstance({
    client,
    path: { id },
    body: { data: { type: 'betaAppClipInvocations', id, attributes: { url: 'https://coffee.example.com/present' } } },
  }),
)
const listed = urlsOf(await list())
await dataOf(betaAppClipInvocationsDeleteInstance({ client, path: { id } }))

console.log(
  JSON.stringify({
    created: created.data.attributes.url,
    title: retitled.data.attributes.title,
    url: moved.data.attributes.url,
    listed,
    left: urlsOf(await list()),
  }),
)
