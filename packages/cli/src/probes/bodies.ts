/** Nothing has this id. */
export const NOBODYS_ID = '00000000-0000-4000-8000-000000000000'

/** Where the probes' own invocations lead: to a host that is nobody's, and a page that tells whose they are. */
export const PROBE_URL = 'https://example.com/clipflight-probe'

/** Whether somebody who sees the URL of an invocation knows that a probe made it. */
export function isProbeUrl(url: string): boolean {
  return url.includes('/clipflight-probe')
}

/** Of the invocation that probes are given. */
export const OWN_TITLES = { 'en-US': 'Clipflight probe', 'de-DE': 'Clipflight-Probe' } as const

const INVOCATIONS = 'betaAppClipInvocations'
const LOCALIZATIONS = 'betaAppClipInvocationLocalizations'

type Members = Readonly<Record<string, unknown>>

/** The body that creates an invocation with these titles, with other members of `data` and `attributes` where given. */
export function creation(
  url: string,
  titles: readonly Members[] = [{ locale: 'en-US', title: OWN_TITLES['en-US'] }],
  { bundle = '{bundle}', data = {} }: { readonly bundle?: string; readonly data?: Members } = {},
): Members {
  const idOf = (index: number): string => `\${title-${index + 1}}`
  return {
    data: {
      type: INVOCATIONS,
      attributes: { url },
      relationships: {
        [LOCALIZATIONS]: { data: titles.map((_, index) => ({ type: LOCALIZATIONS, id: idOf(index) })) },
        buildBundle: { data: { type: 'buildBundles', id: bundle } },
      },
      ...data,
    },
    included: titles.map((attributes, index) => ({ type: LOCALIZATIONS, id: idOf(index), attributes })),
  }
}

/** The body that gives the invocation that probes are given another title. */
export function newTitle(attributes: Members): Members {
  const invocation = { data: { type: INVOCATIONS, id: '{invocation}' } }
  return { data: { type: LOCALIZATIONS, attributes, relationships: { betaAppClipInvocation: invocation } } }
}

/** The body that changes that invocation. */
export function invocationChange(attributes: Members, id = '{invocation}'): Members {
  return { data: { type: INVOCATIONS, id, attributes } }
}

/** The body that changes its first title. */
export function titleChange(attributes: Members): Members {
  return { data: { type: LOCALIZATIONS, id: '{localization}', attributes } }
}
