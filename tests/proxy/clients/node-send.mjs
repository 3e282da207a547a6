// The story once with Node's fetch and once with its https module, as the argument says. Neither is told of a proxy.
import { createPrivateKey, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { request } from 'node:https'

const APPLE = 'https://api.appstoreconnect.apple.com'

const toText = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')
const now = Math.floor(Date.now() / 1000)
const signed = `${toText({ alg: 'ES256', kid: process.env.ASC_KEY_ID, typ: 'JWT' })}.${toText({ iss: process.env.ASC_ISSUER_ID, iat: now, exp: now + 600, aud: 'appstoreconnect-v1' })}`
const key = createPrivateKey(await readFile(process.env.ASC_PRIVATE_KEY_PATH, 'utf8'))
const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' })
const headers = {
  authorization: `Bearer ${signed}.${signature.toString('base64url')}`,
  'content-type': 'application/json',
}

const senders = {
  async fetch(method, url, body) {
    const init = { method, headers, body }
    const response = await fetch(url, init)
    return { status: response.status, text: await response.text() }
  },
  https: (method, url, body) =>
    new Promise((resolve, reject) => {
      const sent = request(url, { method, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () => resolve({ status: response.statusCode, text }))
      })
      sent.on('error', reject)
      sent.end(body)
    }),
}
const send = senders[process.argv[2]]

async function call(method, path, body) {
  const url = path.startsWith('https:') ? path : `${APPLE}/v1/${path}`
  const { status, text } = await send(method, url, body && JSON.stringify(body))
  if (status >= 300) throw new Error(`${status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const [app] = (await call('GET', 'apps?filter[bundleId]=com.example.coffee')).data
const { included } = await call('GET', `builds?filter[app]=${app.id}&sort=-uploadedDate&include=buildBundles&limit=1`)
const bundle = included.find(({ attributes }) => attributes.bundleType === 'APP_CLIP')
const type = 'betaAppClipInvocations'
const created = await call('POST', type, {
  data: {
    type,
    attributes: { url: 'https://coffee.example.com/gift' },
    relationships: {
      buildBundle: { data: { type: 'buildBundles', id: bundle.id } },
      betaAppClipInvocationLocalizations: { data: [{ type: 'betaAppClipInvocationLocalizations', id: '${en}' }] },
    },
  },
  included: [
    { type: 'betaAppClipInvocationLocalizations', id: '${en}', attributes: { locale: 'en-US', title: 'Send a gift' } },
  ],
})
const { id } = created.data

/** By `links.next` as it comes. */
async function list() {
  const pages = []
  let next = `buildBundles/${bundle.id}/betaAppClipInvocations?include=betaAppClipInvocationLocalizations&limit=1`
  while (next !== undefined) {
    const page = await call('GET', next)
    pages.push(page)
    next = page.links.next
  }
  return pages.flatMap(({ data }) => data)
}

const before = (await list()).find((each) => each.id === id)
const [localization] = before.relationships.betaAppClipInvocationLocalizations.data
const retitled = await call('PATCH', `${localization.type}/${localization.id}`, {
  data: { ...localization, attributes: { title: 'Give a coffee' } },
})
const moved = await call('PATCH', `${type}/${id}`, {
  data: { type, id, attributes: { url: 'https://coffee.example.com/present' } },
})
const urls = async () => (await list()).map(({ attributes }) => attributes.url)
const listed = await urls()
await call('DELETE', `${type}/${id}`)

console.log(
  JSON.stringify({
    created: created.data.attributes.url,
    title: retitled.data.attributes.title,
    url: moved.data.attributes.url,
    listed,
    left: await urls(),
  }),
)
