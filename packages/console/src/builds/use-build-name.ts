import { useMessages } from '../language/language.tsx'
import { messages } from './messages.ts'

interface Named {
  /** Of the build: its number. */
  readonly version: string
  readonly preReleaseVersion: { readonly version: string }
}

/** What a build is called among those of its app, such as `1.4 (42)`. */
export function useBuildName(): (build: Named) => string {
  const say = useMessages(messages)
  return ({ version: number, preReleaseVersion: { version } }) => say('buildTitle', { version, number })
}
