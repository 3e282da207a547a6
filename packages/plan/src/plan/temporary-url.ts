import { isGoodUrl } from './limits.ts'

/**
 * Where an invocation waits for this URL; not one of those taken. Leads to the same page, so that a tester who opens it
 * meanwhile sees what is meant; to the same host if it is too long.
 */
export function temporaryUrl(url: string, taken: ReadonlySet<string>): string {
  const start = startOf(url)
  let number = 1
  while (taken.has(`${start}${number}`)) number++
  return `${start}${number}`
}

/** Whether `temporaryUrl` makes such a URL of the other: what is there was moved by a plan that did not get to its end. */
export function isTemporaryUrl(candidate: string, url: string): boolean {
  const start = startOf(url)
  return candidate.startsWith(start) && /^[1-9]\d*$/.test(candidate.slice(start.length))
}

function startOf(url: string): string {
  const [page = url] = url.split('#', 1)
  const isTooLong = isGoodUrl(url) && !isGoodUrl(`${page}#clipflight-1`)
  return `${isTooLong ? `${new URL(url).origin}/` : page}#clipflight-`
}
