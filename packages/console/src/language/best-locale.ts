/**
 * The locale of those there are that suits somebody with these languages, the dearest first: of the same language and
 * script, of the same region where there is one. English, or the first, suits everybody whom none does.
 * Unverified: which of several regions TestFlight takes when none is the tester's, and what it shows without any match.
 */
export function bestLocale(available: readonly string[], languages: readonly string[]): string | undefined {
  for (const wanted of languages) {
    if (available.includes(wanted)) return wanted
    const close = available.filter((each) => writingOf(each) === writingOf(wanted))
    const region = regionOf(wanted)
    const best = close.find((each) => regionOf(each) === region) ?? close[0]
    if (best !== undefined) return best
  }
  return available.find((each) => each === 'en-US') ?? available.find((each) => each.startsWith('en')) ?? available[0]
}

function writingOf(tag: string): string | undefined {
  const { language, script } = likely(tag) ?? {}
  // App Store Connect has one Norwegian, which browsers know by the names of the two it is written as.
  return language === undefined ? undefined : `${language === 'nb' || language === 'nn' ? 'no' : language}-${script}`
}

function regionOf(tag: string): string | undefined {
  return likely(tag)?.region
}

/** With the script and the region that a short tag leaves to be guessed; undefined for what is no tag. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize()
  } catch {
    // Browsers may be told to send anything.
    return undefined
  }
}
