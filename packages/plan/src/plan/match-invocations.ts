import type { ActualInvocation, WantedInvocation } from './invocation.ts'

/** Which invocation of the build goes on as which wanted one. */
export interface Matching {
  readonly pairs: readonly Pair[]
  /** Wanted, and going on from nothing that is there. */
  readonly missing: readonly WantedInvocation[]
  /** There, and going on as nothing that is wanted. */
  readonly unlisted: readonly ActualInvocation[]
}

export interface Pair {
  readonly wanted: WantedInvocation
  readonly actual: ActualInvocation
}

/** Every way to pair wanted invocations with those that are there, in the order of both. */
export function possibleMatchings(
  wanted: readonly WantedInvocation[],
  actual: readonly ActualInvocation[],
): readonly Matching[] {
  const [first, ...rest] = wanted
  if (first === undefined) return [{ pairs: [], missing: [], unlisted: actual }]
  const paired = actual.flatMap((candidate) =>
    possibleMatchings(
      rest,
      actual.filter((other) => other !== candidate),
    ).map((matching) => ({ ...matching, pairs: [{ wanted: first, actual: candidate }, ...matching.pairs] })),
  )
  const left = possibleMatchings(rest, actual).map((matching) => ({
    ...matching,
    missing: [first, ...matching.missing],
  }))
  return [...paired, ...left]
}

export function hasSameUrl({ wanted, actual }: Pair): boolean {
  return wanted.url === actual.url
}

/** Whether neither the URL nor any title says that these two are the same. */
export function areStrangers({ wanted, actual }: Pair): boolean {
  return wanted.url !== actual.url && actual.localizations.every(({ locale, title }) => wanted.titles[locale] !== title)
}
