import type { BetaAppClipInvocationCreateRequest } from '@clipflight/contract'

/** The body that creates an invocation with these titles by locale, as fastlane writes it. */
export function invocationBody(
  bundle: string,
  url: string,
  titles: Readonly<Record<string, string>> = { 'en-US': 'Order a coffee' },
): BetaAppClipInvocationCreateRequest {
  const type = 'betaAppClipInvocationLocalizations'
  const localId = (locale: string): string => `\${beta-app-clip-localized-invocation-${locale}}`
  return {
    data: {
      type: 'betaAppClipInvocations',
      attributes: { url },
      relationships: {
        betaAppClipInvocationLocalizations: {
          data: Object.keys(titles).map((locale) => ({ type, id: localId(locale) })),
        },
        buildBundle: { data: { type: 'buildBundles', id: bundle } },
      },
    },
    included: Object.entries(titles).map(([locale, title]) => ({
      type,
      id: localId(locale),
      attributes: { locale, title },
    })),
  }
}

/** The body that creates one title of an invocation. */
export function localizationBody(invocation: string, locale: string, title: string) {
  return {
    data: {
      type: 'betaAppClipInvocationLocalizations',
      attributes: { locale, title },
      relationships: { betaAppClipInvocation: { data: { type: 'betaAppClipInvocations', id: invocation } } },
    },
  }
}

/** The body that changes attributes of a resource. */
export function updateBody(type: string, id: string, attributes: Readonly<Record<string, unknown>>) {
  return { data: { type, id, attributes } }
}
