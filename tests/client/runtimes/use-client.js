/**
 * What a user of the client does, with nothing but what every runtime has. It is not compiled: each runtime gets it
 * as it stands here, beside the client as npm packs it.
 */
import {
  ApiError,
  ConnectionError,
  createClient,
  PrivateKeyError,
  TimeoutError,
  UnexpectedAnswerError,
} from '@clipflight/client'

/** Tells what came of the calls, to a service and to a server that treats its clients badly. */
export async function useClient({ key, baseUrl, rudeUrl, deafUrl, app, buildBundle }) {
  let requests = 0
  const client = createClient({ ...key, baseUrl, onRequest: () => requests++ })
  const rude = createClient({ ...key, baseUrl: rudeUrl, retry: { tries: 1 } })
  return {
    runtime: globalThis.EdgeRuntime ?? navigator.userAgent,
    story: await tellStory(client, buildBundle),
    list: await listInPairs(client, app, () => requests),
    rateLimit: client.rateLimit,
    refusals: {
      invalid: await refusalOf(client.betaAppClipInvocations.create({ url: 'coffee', buildBundle, titles: {} })),
      missing: await refusalOf(client.betaAppClipInvocations.get('none')),
      stranger: await refusalOf(createClient({ ...key, keyId: 'STRANGER00', baseUrl }).apps.get(app)),
    },
    failures: {
      redirect: await failureOf(rude.apps.get('moved'), UnexpectedAnswerError),
      html: await failureOf(rude.apps.get('html'), UnexpectedAnswerError),
      cut: await failureOf(rude.apps.get('cut'), ConnectionError),
      late: await failureOf(rude.apps.get('silent', {}, { timeoutMilliseconds: 50 }), TimeoutError),
      badKey: await failureOf(createClient({ ...key, privateKey: 'none', baseUrl }).apps.get(app), PrivateKeyError),
    },
    lostAnswer: await createThoughAnswerIsLost({ ...key, baseUrl: rudeUrl }, buildBundle),
    triesWhereNobodyListens: await countTriesWhereNobodyListens({ ...key, baseUrl: deafUrl }),
    abortedBeforehand: await abortBeforehand(client, app),
    abortedUnderWay: await abortUnderWay(rude, rudeUrl),
    everythingThrown,
  }
}

async function tellStory({ betaAppClipInvocations, buildBundles }, buildBundle) {
  const url = 'https://example.com/order'
  const titles = { 'en-US': 'Order a coffee ☕', 'de-DE': 'Kaffee bestellen' }
  const made = await betaAppClipInvocations.create({ url, buildBundle, titles })
  const read = await betaAppClipInvocations.get(made.id, { include: ['betaAppClipInvocationLocalizations'] })
  const changed = await betaAppClipInvocations.update(made.id, { url: 'https://example.com/coffee' })
  const { items: before } = await buildBundles.betaAppClipInvocations(buildBundle).page()
  await betaAppClipInvocations.delete(made.id)
  const { items: after } = await buildBundles.betaAppClipInvocations(buildBundle).page()
  return {
    urls: [made.url, read.url, changed.url],
    titles: Object.fromEntries(read.localizations.map(({ locale, title }) => [locale, title])),
    isThere: before.some(({ id }) => id === made.id),
    isGone: after.every(({ id }) => id !== made.id),
  }
}

async function listInPairs({ builds }, app, countRequests) {
  const before = countRequests()
  const versions = []
  for await (const { version } of builds.list({ filter: { app }, limit: 2 })) versions.push(version)
  return { versions: versions.toSorted(), requests: countRequests() - before }
}

async function createThoughAnswerIsLost(options, buildBundle) {
  const client = createClient({ ...options, sleep: async () => {} })
  const creation = { url: 'https://example.com/lost', buildBundle, titles: { 'en-US': 'Find me' } }
  const { id } = await client.betaAppClipInvocations.create(creation)
  const { items } = await client.buildBundles.betaAppClipInvocations(buildBundle).page()
  await client.betaAppClipInvocations.delete(id)
  return items.map(({ url }) => url)
}

async function countTriesWhereNobodyListens(options) {
  let tries = 0
  const retry = { connectionRefused: false }
  const client = createClient({ ...options, retry, sleep: async () => {}, onRequest: () => tries++ })
  await failureOf(client.apps.list().page(), ConnectionError)
  return tries
}

async function abortBeforehand(client, app) {
  const reason = new Error('Not wanted')
  return (await errorOf(client.apps.get(app, {}, { signal: AbortSignal.abort(reason) }))) === reason
}

/** Ends a call that the server has and does not answer; resolves when the server has seen the end of it. */
async function abortUnderWay(client, rudeUrl) {
  const controller = new AbortController()
  const reason = new Error('Not wanted any more')
  const error = errorOf(client.apps.get('abandoned', {}, { signal: controller.signal }))
  await (await fetch(`${rudeUrl}/once-it-came`)).text()
  controller.abort(reason)
  const isReason = (await error) === reason
  await (await fetch(`${rudeUrl}/once-it-left`)).text()
  return isReason
}

async function refusalOf(call) {
  const error = await errorOf(call)
  if (!(error instanceof ApiError)) throw error
  return { status: error.status, code: error.problems[0].code, pointer: error.problems[0].pointer }
}

async function failureOf(call, kind) {
  const error = await errorOf(call)
  if (!(error instanceof kind)) throw error
  return error.name
}

/** All that logs could show of the errors. */
const everythingThrown = []

async function errorOf(call) {
  try {
    await call
  } catch (error) {
    everythingThrown.push(`${error} ${error.stack} ${error.cause} ${JSON.stringify(error)}`)
    return error
  }
  throw new Error('The call has not failed.')
}
