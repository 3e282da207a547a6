import type { Invocation } from './queries.ts'
import { titleIn } from './locales.ts'

/** An invocation as somebody would like to have it; locales without a title are left as they are. */
export interface Wanted {
  readonly url: string
  readonly titles: Readonly<Record<string, string>>
}

/** One thing to do so that an App Clip has what is wanted. Nothing is ever taken away. */
export type Change =
  | ({ readonly kind: 'add'; readonly key: string } & Wanted)
  | {
      readonly kind: 'title'
      readonly key: string
      readonly invocation: string
      readonly url: string
      readonly locale: string
      /** The title that is replaced. */
      readonly from: string | undefined
      readonly to: string
    }

/** What is to be done so that all of `wanted` is there; invocations are told apart by their URL. */
export function changesTo(wanted: readonly Wanted[], actual: readonly Invocation[]): Change[] {
  return wanted.flatMap(({ url, titles }): Change[] => {
    const invocation = actual.find((each) => each.url === url)
    if (invocation === undefined) return [{ kind: 'add', key: url, url, titles }]
    return Object.entries(titles).flatMap(([locale, to]) => {
      const from = titleIn(invocation, locale)
      const key = `${locale} ${url}`
      return from === to ? [] : [{ kind: 'title', key, invocation: invocation.id, url, locale, from, to }]
    })
  })
}

/** An invocation without what only the service knows of it. */
export function toWanted({ url, localizations }: Invocation): Wanted {
  return { url, titles: Object.fromEntries(localizations.map(({ locale, title }) => [locale, title])) }
}
