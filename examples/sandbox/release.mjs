// A small release script, as anybody may have one for Apple's service: it gives the newest build of an app an App Clip
// invocation. Nothing in it knows of Clipflight; the tests beside it give it another base URL.
import { createPrivateKey, sign } from 'node:crypto'

const APPLE = 'https://api.appstoreconnect.apple.com'
const TRIES = 3

/** Makes the invocation unless the build has it, and returns its id. */
export async function release({ baseUrl = APPLE, ...key }, { bundleId, url, title }) {
  const send = async (method, path, body) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf(key)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const answer = await response.json()
    if (response.ok) return answer
    throw Object.assign(new Error(answer.errors[0].detail), { status: response.status })
  }

  // The filter finds longer bundle ids, too.
  const apps = (await send('GET', `/v1/apps?filter[bundleId]=${bundleId}&limit=200`)).data
  const app = apps.find(({ attributes }) => attributes.bundleId === bundleId)
  const query = `filter[app]=${app.id}&sort=-uploadedDate&limit=1&include=buildBundles`
  const newest = await send('GET', `/v1/builds?${query}`)
  const [build] = newest.data
  if (build.attributes.processingState !== 'VALID')
    throw new Error(`Build ${build.attributes.version} is ${build.attributes.processingState}`)
  const clip = newest.included.find(({ attributes }) => attributes.bundleType === 'APP_CLIP')

  const find = async () => {
    const { data } = await send('GET', `/v1/buildBundles/${clip.id}/betaAppClipInvocations`)
    return data.find(({ attributes }) => attributes.url === url)?.id
  }
  for (let attempt = 1; ; attempt++) {
    // Before every try: one that was answered with an error may have been carried out.
    const found = await find()
    if (found !== undefined) return found
    try {
      return (await send('POST', '/v1/betaAppClipInvocations', invocation(clip.id, url, title))).data.id
    } catch (error) {
      if (!(error.status >= 500) || attempt === TRIES) throw error
    }
  }
}

function invocation(bundle, url, title) {
  const localization = { type: 'betaAppClipInvocationLocalizations', id: '${en}' }
  return {
    data: {
      type: 'betaAppClipInvocations',
      attributes: { url },
      relationships: {
        buildBundle: { data: { type: 'buildBundles', id: bundle } },
        betaAppClipInvocationLocalizations: { data: [localization] },
      },
    },
    included: [{ ...localization, attributes: { locale: 'en-US', title } }],
  }
}

function tokenOf({ keyId, issuerId, privateKey }) {
  const now = Math.floor(Date.now() / 1000)
  const parts = [
    { alg: 'ES256', kid: keyId, typ: 'JWT' },
    { iss: issuerId, iat: now, exp: now + 600, aud: 'appstoreconnect-v1' },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const key = { key: createPrivateKey(privateKey), dsaEncoding: 'ieee-p1363' }
  return [...parts, sign('sha256', Buffer.from(parts.join('.')), key).toString('base64url')].join('.')
}
