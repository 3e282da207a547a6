import type { WantedInvocation } from './invocation.ts'

/** An invocation without a title in locales in which another one has one. */
export interface TitleGap {
  readonly url: string
  readonly locales: readonly string[]
}

/** A service takes such gaps, and they rarely are meant. */
export function titleGaps(wanted: readonly WantedInvocation[]): readonly TitleGap[] {
  const used = [...new Set(wanted.flatMap(({ titles }) => Object.keys(titles)))]
  return wanted.flatMap(({ url, titles }) => {
    const locales = used.filter((locale) => !Object.hasOwn(titles, locale))
    return locales.length === 0 ? [] : [{ url, locales }]
  })
}
