import { clientHeaders, INVOCATIONS, type Announcement } from './clipflight.ts'
import { ID, NUMBER, type Ids, type Load, type Outcome } from './load.ts'
import { CONNECTIONS } from './options.ts'

const TITLES = [
  { locale: 'en-US', title: 'Order at the counter' },
  { locale: 'de-DE', title: 'An der Theke bestellen' },
]

/** Creations of invocations with two titles, each with a URL of its own, on bundles that have room. */
export class Creations {
  readonly #bundles: Ids
  #begun = 0

  constructor(bundles: Ids) {
    this.#bundles = bundles
  }

  /** What creates from where the last load has ended. */
  on(server: Announcement): Load {
    return {
      url: `${server.url}${INVOCATIONS}`,
      headers: { ...clientHeaders(server), 'content-type': 'application/json' },
      body: JSON.stringify(creation()),
      ids: { ...this.#bundles, inTurnFrom: this.#begun },
    }
  }

  /** To be told of every outcome; what was under way at its end may have been created too. */
  ended({ requests }: Outcome): void {
    this.#begun += requests + CONNECTIONS
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
