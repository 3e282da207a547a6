import type { Change, LocalizationChange } from './change.ts'
import type { ActualInvocation } from './invocation.ts'
import { MAX_INVOCATIONS } from './limits.ts'

/** The state of a bundle after a request. New ids are made up. Throws when there is nothing of the id to change. */
export function applyChange(state: readonly ActualInvocation[], change: Change): readonly ActualInvocation[] {
  if (change.type === 'betaAppClipInvocationLocalizations') {
    return replace(state, change.betaAppClipInvocation, (invocation) => [applyToTitles(invocation, change, state)])
  }
  if (change.op === 'update') {
    return replace(state, change.id, (invocation) => [{ ...invocation, url: change.after.url }])
  }
  if (change.op === 'delete') return replace(state, change.id, () => [])
  const id = unusedId(state)
  const localizations = Object.entries(change.after.titles).map(([locale, title]) => ({
    id: `${id}-${locale}`,
    locale,
    title,
  }))
  return [...state, { id, url: change.after.url, localizations }]
}

function applyToTitles(
  invocation: ActualInvocation,
  change: LocalizationChange,
  state: readonly ActualInvocation[],
): ActualInvocation {
  const { localizations } = invocation
  if (change.op === 'create') {
    return { ...invocation, localizations: [...localizations, { id: unusedId(state), ...change.after }] }
  }
  const changed =
    change.op === 'delete'
      ? replace(localizations, change.id, () => [])
      : replace(localizations, change.id, (localization) => [{ ...localization, title: change.after.title }])
  return { ...invocation, localizations: changed }
}

function replace<T extends { readonly id: string }>(
  list: readonly T[],
  id: string,
  change: (item: T) => readonly T[],
): readonly T[] {
  if (!list.some((item) => item.id === id)) throw new Error(`There is nothing with the id '${id}' to change`)
  return list.flatMap((item) => (item.id === id ? change(item) : [item]))
}

function unusedId(state: readonly ActualInvocation[]): string {
  const taken = new Set(state.flatMap(({ id, localizations }) => [id, ...localizations.map((title) => title.id)]))
  let number = 1
  while (taken.has(`new-${number}`)) number++
  return `new-${number}`
}

/** Whether a service would hold such a bundle: not too many, no URL twice, no locale twice in one invocation. */
export function isLegal(state: readonly ActualInvocation[]): boolean {
  return (
    state.length <= MAX_INVOCATIONS &&
    areDifferent(state.map(({ url }) => url)) &&
    state.every(({ localizations }) => areDifferent(localizations.map(({ locale }) => locale)))
  )
}

function areDifferent(words: readonly string[]): boolean {
  return new Set(words).size === words.length
}
