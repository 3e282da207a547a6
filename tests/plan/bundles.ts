import fc from 'fast-check'
import type { ActualInvocation, WantedInvocation } from '../../packages/plan/src/plan/invocation.ts'
import type { Content } from './search.ts'

const PAGES = ['a', 'b', 'c', 'd']
const URLS = PAGES.map((page) => `https://coffee.example.com/${page}`)
const LOCALES = ['en-US', 'de-DE', 'ja']
const TITLES = ['Order', 'Pay', 'Collect']

const titles: fc.Arbitrary<Record<string, string>> = fc.dictionary(
  fc.constantFrom(...LOCALES),
  fc.constantFrom(...TITLES),
  { minKeys: 1, noNullPrototype: true },
)

/** What a file may ask for, out of few words, so that much of it coincides with what is there. */
export const wantedBundle: fc.Arbitrary<WantedInvocation[]> = fc.uniqueArray(
  fc.record({ url: fc.constantFrom(...URLS), titles }, { noNullPrototype: true }),
  { maxLength: 3, selector: ({ url }) => url },
)

/** What a service may hold. */
export const actualBundle: fc.Arbitrary<ActualInvocation[]> = wantedBundle.map((bundle) =>
  bundle.map((invocation, index) => toActual(invocation, `invocation-${index}`)),
)

/** What a service should not hold: too much of it, and URLs and locales twice. */
export const strangeBundle: fc.Arbitrary<ActualInvocation[]> = fc
  .tuple(actualBundle, actualBundle)
  .map(([some, more]) =>
    [...some, ...more].slice(0, 4).map((invocation, index) => ({
      ...invocation,
      id: `strange-${index}`,
      localizations: [...(index === 0 ? [] : invocation.localizations), ...invocation.localizations.slice(1)].map(
        (localization, number) => ({ ...localization, id: `strange-${index}-${number}` }),
      ),
    })),
  )

export function toActual({ url, titles }: WantedInvocation, id: string): ActualInvocation {
  const localizations = Object.entries(titles).map(([locale, title]) => ({ id: `${id}-${locale}`, locale, title }))
  return { id, url, localizations }
}

/** `invocation('a', { en: 'Order' })`: shorter to read than URLs and locales in full. */
export function invocation(page: string, titles: Readonly<Record<string, string>>): WantedInvocation {
  return { url: `https://coffee.example.com/${page}`, titles }
}

/** What the search has numbers for, in words. */
export function toInvocation({ url, titles }: Content): WantedInvocation {
  const named = titles.flatMap((title, index) => (title === 0 ? [] : [[LOCALES[index] ?? '', TITLES[title - 1] ?? '']]))
  return invocation(PAGES[url] ?? '', Object.fromEntries(named))
}

/** Comparable whatever the order: URLs with their titles. */
export function contentOf(bundle: readonly WantedInvocation[]): readonly string[] {
  return bundle.map(({ url, titles }) => `${url} ${JSON.stringify(Object.entries(titles).toSorted())}`).toSorted()
}
