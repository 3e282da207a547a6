import { titleGaps, type WantedInvocation } from '@clipflight/plan'
import type { Warn } from '../connection/key-file.ts'

/** Titles that some invocations of an app have, and others do not: once for all of them. */
export function warnOfGaps(warn: Warn, app: string, wanted: readonly WantedInvocation[]): void {
  const gaps = titleGaps(wanted).map(({ url, locales }) => `${url} in ${locales.join(', ')}`)
  if (gaps.length === 0) return
  warn(`${app} has no title for ${gaps.join(', nor for ')}, where another of its invocations has one`)
}
