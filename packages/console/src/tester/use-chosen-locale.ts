import { useState } from 'react'

const PARAMETER = 'locale'

/** The locale that was chosen by hand, if there is such a one; it is part of the address, so that it can be sent on. */
export function useChosenLocale(
  locales: readonly string[],
): readonly [chosen: string | undefined, choose: (locale: string | undefined) => void] {
  const [chosen, setChosen] = useState(() => new URLSearchParams(location.search).get(PARAMETER) ?? undefined)
  const choose = (locale: string | undefined): void => {
    const address = new URL(location.href)
    if (locale === undefined) address.searchParams.delete(PARAMETER)
    else address.searchParams.set(PARAMETER, locale)
    history.replaceState(history.state, '', address)
    setChosen(locale)
  }
  return [locales.find((locale) => locale === chosen), choose]
}
