import type { Change, TitleInLocale } from './change.ts'
import { toWanted, type ActualInvocation, type ActualLocalization, type WantedInvocation } from './invocation.ts'
import { areStrangers, type Matching, type Pair } from './match-invocations.ts'

/**
 * What makes of the one side the other, in the order that leaves testers with the most at any moment: the new is
 * there before the old goes.
 */
export function changesOf(
  { pairs, missing, unlisted }: Matching,
  { prune }: { readonly prune: boolean },
): readonly Change[] {
  return [...pairs.flatMap(changesOfPair), ...missing.map(create), ...(prune ? unlisted.map(remove) : [])]
}

function create(after: WantedInvocation): Change {
  return { op: 'create', type: 'betaAppClipInvocations', after, why: 'not on the build yet' }
}

function remove(actual: ActualInvocation): Change {
  const { id } = actual
  return { op: 'delete', type: 'betaAppClipInvocations', id, before: toWanted(actual), why: 'not listed' }
}

/** What makes one invocation the other. */
export function changesOfPair({ wanted, actual }: Pair): readonly Change[] {
  const { id, url, localizations } = actual
  const move: Change = {
    op: 'update',
    type: 'betaAppClipInvocations',
    id,
    before: { url },
    after: { url: wanted.url },
    why: areStrangers({ wanted, actual })
      ? 'takes fewer requests than other titles'
      : 'the same invocation by its titles',
  }
  const place = { type: 'betaAppClipInvocationLocalizations', betaAppClipInvocation: id, url: wanted.url } as const
  const kept = keptLocalizations(wanted, localizations)
  const listed = Object.entries(wanted.titles).flatMap(([locale, title]): Change[] => {
    const after: TitleInLocale = { locale, title }
    const found = kept.get(locale)
    if (found === undefined) return [{ op: 'create', ...place, after, why: 'no title in this locale yet' }]
    const before = { locale, title: found.title }
    return found.title === title ? [] : [{ op: 'update', ...place, id: found.id, before, after, why: 'another title' }]
  })
  // Behind the others, so that no invocation is ever without a title.
  const surplus = localizations
    .filter((localization) => kept.get(localization.locale) !== localization)
    .map((localization): Change => {
      const before = { locale: localization.locale, title: localization.title }
      return { op: 'delete', ...place, id: localization.id, before, why: 'the locale is not listed' }
    })
  return [...(url === wanted.url ? [] : [move]), ...listed, ...surplus]
}

/** One localization for each wanted locale that is there; of several the one with the wanted title. */
function keptLocalizations(
  { titles }: WantedInvocation,
  localizations: readonly ActualLocalization[],
): ReadonlyMap<string, ActualLocalization> {
  const kept = new Map<string, ActualLocalization>()
  for (const localization of localizations) {
    const { locale, title } = localization
    if (!Object.hasOwn(titles, locale)) continue
    if (!kept.has(locale) || title === titles[locale]) kept.set(locale, localization)
  }
  return kept
}
