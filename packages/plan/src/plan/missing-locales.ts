import type { WantedInvocation } from './invocation.ts'

/**
 * Those locales of the titles in which a build has no text in TestFlight: App Store Connect may not show them, and its
 * service may take them all the same. None where the build's own are not known.
 */
export function missingLocales(wanted: readonly WantedInvocation[], ofBuild: readonly string[]): readonly string[] {
  if (ofBuild.length === 0) return []
  const used = new Set(wanted.flatMap(({ titles }) => Object.keys(titles)))
  return [...used].filter((locale) => !ofBuild.includes(locale))
}
