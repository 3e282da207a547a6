import {
  betaAppClipInvocationLocalizations,
  betaAppClipInvocations,
  duplicate,
  type Code,
  type Kind,
} from '@clipflight/contract'
import type { Say } from '../language/language.tsx'
import type { Field } from './drafts.ts'
import { messages } from './messages.ts'

/** Invocations that an App Clip can have. */
export const MOST_INVOCATIONS: number = betaAppClipInvocations.atMost.count

const { url: URL_ATTRIBUTE } = betaAppClipInvocations.attributes
const { title: TITLE, locale: LOCALE } = betaAppClipInvocationLocalizations.attributes

/** The voice of this room. */
export type Voice = Say<(typeof messages)['en']>

/** What the service would find wrong with a text; undefined when nothing is. */
export function complaintOf(name: Field['name'], text: string, say: Voice): string | undefined {
  return name === 'url' ? complain(URL_ATTRIBUTE.kind, text, 'url', say) : complain(TITLE.kind, text, 'title', say)
}

/** The same, for a URL among those that the App Clip has besides. */
export function complaintOfUrl(url: string, others: readonly string[], say: Voice): string | undefined {
  if (!others.includes(url)) return complaintOf('url', url, say)
  const draft = { resource: betaAppClipInvocations, pointer: '', attributes: { url }, links: {} }
  const { code, detail = '' } = duplicate(draft, ['url'])
  return isWorded(code) ? say(code, { detail, attribute: 'url', most: '' }) : detail
}

/** Whether a URL is only begun, and there is no use in complaining yet. */
export function isBegun(text: string): boolean {
  return 'https://'.startsWith(text.toLowerCase())
}

/** What the service would find wrong with a locale; undefined when nothing is. */
export function complaintOfLocale(locale: string, say: Voice): string | undefined {
  return complain(LOCALE.kind, locale, 'locale', say)
}

function complain(kind: Kind<string>, text: string, attribute: string, say: Voice): string | undefined {
  const complaint = kind.complain(text, attribute)
  if (complaint === undefined) return undefined
  const { code, detail } = complaint
  return isWorded(code) ? say(code, { detail, attribute, most: String(kind.schema['maxLength']) }) : detail
}

/** Whether the room has words for it in every language: for all that can be wrong with a text. */
function isWorded(code: Code): code is Code & keyof (typeof messages)['en'] {
  return Object.hasOwn(messages.en, code)
}
