import { createHash } from 'node:crypto'
import type { ActualInvocation } from '@clipflight/plan'

/** The same text for the same state of a bundle, ids included, in whatever order the service told it. */
export function fingerprintOf(actual: readonly ActualInvocation[]): string {
  const state = inOrderOfIds(actual).map(({ id, url, localizations }) => [
    id,
    url,
    inOrderOfIds(localizations).map((localization) => [localization.id, localization.locale, localization.title]),
  ])
  return `sha256:${createHash('sha256').update(JSON.stringify(state)).digest('hex')}`
}

function inOrderOfIds<T extends { readonly id: string }>(items: readonly T[]): readonly T[] {
  return items.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}
