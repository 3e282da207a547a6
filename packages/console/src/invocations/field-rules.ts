import {
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  duplicate,
  type Complaint,
} from '@clipflight/contract'
import type { Field } from './drafts.ts'

/** Invocations that an App Clip can have. */
export const MOST_INVOCATIONS: number = betaAppClipInvocations.atMost.count

/** What the service would find wrong with a text, in its own words; undefined when nothing is. */
export function complaintOf(name: Field['name'], text: string): string | undefined {
  const complaint: Complaint | undefined =
    name === 'url'
      ? betaAppClipInvocations.attributes.url.kind.complain(text, 'url')
      : betaAppClipInvocationLocalizations.attributes.title.kind.complain(text, 'title')
  return complaint?.detail
}

/** The same, for a URL among those that the App Clip has besides. */
export function complaintOfUrl(url: string, others: readonly string[]): string | undefined {
  if (!others.includes(url)) return complaintOf('url', url)
  const draft = { resource: betaAppClipInvocations, pointer: '', attributes: { url }, links: {} }
  return duplicate(draft, ['url']).detail
}

/** Whether a URL is only begun, and there is no use in complaining yet. */
export function isBegun(text: string): boolean {
  return 'https://'.startsWith(text.toLowerCase())
}

/** What the service would find wrong with a locale; undefined when nothing is. */
export function complaintOfLocale(locale: string): string | undefined {
  return betaAppClipInvocationLocalizations.attributes.locale.kind.complain(locale, 'locale')?.detail
}
