import { useSearchParams } from 'wouter'

const PARAMETER = 'locales'

/** The locales that are to be printed, all unless some were chosen. They are part of the address. */
export function useLocalesToPrint(
  locales: readonly string[],
): readonly [chosen: readonly string[], choose: (locales: readonly string[]) => void] {
  const [search, setSearch] = useSearchParams()
  const named = search.get(PARAMETER)?.split(',')
  const choose = (wanted: readonly string[]): void => {
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (wanted.length === locales.length) after.delete(PARAMETER)
        else after.set(PARAMETER, wanted.join())
        return after
      },
      { replace: true },
    )
  }
  return [named === undefined ? locales : locales.filter((locale) => named.includes(locale)), choose]
}
