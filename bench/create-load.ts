import { clientHeaders, INVOCATIONS, type Announcement } from './clipflight.ts'
import { ID, NUMBER, type Ids, type Load } from './load.ts'

const TITLES = [
  { locale: 'en-US', title: 'Order at the counter' },
  { locale: 'de-DE', title: 'An der Theke bestellen' },
]

/** Creates invocations with two titles, each with a URL of its own, on the bundles named by `ids`. */
export function createOn(server: Announcement, ids: Ids): Load {
  return {
    url: `${server.url}${INVOCATIONS}`,
    headers: { ...clientHeaders(server), 'content-type': 'application/json' },
    body: JSON.stringify(creation()),
    ids,
  }
}

function creation() {
  const local = (index: number) => `\${title-${index}}`
  return {
    data: {
      type: 'betaAppClipInvocations',
      attributes: { url: `https://bench.example.com/${NUMBER}` },
      relationships: {
        buildBundle: { data: { type: 'buildBundles', id: ID } },
        betaAppClipInvocationLocalizations: {
          data: TITLES.map((_, index) => ({ type: 'betaAppClipInvocationLocalizations', id: local(index) })),
        },
      },
    },
    included: TITLES.map((attributes, index) => ({
      type: 'betaAppClipInvocationLocalizations',
      id: local(index),
      attributes,
    })),
  }
}
