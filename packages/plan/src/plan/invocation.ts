/** An invocation as it should be: its URL, and its titles by locale. */
export interface WantedInvocation {
  readonly url: string
  readonly titles: Readonly<Record<string, string>>
}

/** An invocation as the service has it. */
export interface ActualInvocation {
  readonly id: string
  readonly url: string
  readonly localizations: readonly ActualLocalization[]
}

export interface ActualLocalization {
  readonly id: string
  readonly locale: string
  readonly title: string
}

/** What to want elsewhere to have this invocation there too. */
export function toWanted({ url, localizations }: ActualInvocation): WantedInvocation {
  return { url, titles: Object.fromEntries(localizations.map(({ locale, title }) => [locale, title])) }
}

/** A service tells titles in any order; in a file they stay where they are, so that only what changed differs. */
export function inOrderOfLocales({ url, titles }: WantedInvocation): WantedInvocation {
  const sorted = Object.entries(titles).toSorted(([one], [other]) => (one < other ? -1 : 1))
  return { url, titles: Object.fromEntries(sorted) }
}
