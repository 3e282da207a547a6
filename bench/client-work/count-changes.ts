import type { Invocation } from './work.ts'

/** How many requests make the invocations what is wanted: compared by URL, as a script of a few lines would. */
export function countChanges(wanted: readonly Invocation[], actual: readonly Invocation[]): number {
  const creations = wanted.filter(({ url }) => !actual.some((other) => other.url === url))
  const deletions = actual.filter(({ url }) => !wanted.some((other) => other.url === url))
  const titles = wanted.map(({ url, titles }) => {
    const found = actual.find((other) => other.url === url)?.titles
    if (found === undefined) return 0
    const locales = new Set([...Object.keys(titles), ...Object.keys(found)])
    return [...locales].filter((locale) => titles[locale] !== found[locale]).length
  })
  return titles.reduce((total, changed) => total + changed, creations.length + deletions.length)
}
