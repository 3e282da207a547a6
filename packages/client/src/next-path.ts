import type { RawDocument } from './answer-document.ts'
import type { Answer } from './exchange.ts'
import { UnexpectedAnswerError } from './unexpected-answer-error.ts'

/**
 * Where the next page is, as path and query; undefined on the last. Only the query of `links.next` is taken: the
 * rest is what this page was asked for with, so no link leads the token to another host, and a service behind a
 * proxy may call itself by any name. Throws when the link is to something else than another page of the same.
 */
export function nextPathOf(
  path: string,
  document: RawDocument,
  answer: Answer,
  seen: ReadonlySet<string>,
): string | undefined {
  const link = document.links?.next
  // JSON:API lets a link that is not there be null.
  if (link === undefined || link === null) return undefined
  const [endpoint = ''] = path.split('?', 1)
  const base = answer.request.url
  const next = typeof link === 'string' && URL.canParse(link, base) ? new URL(link, base) : null
  const nextPath = next?.pathname.endsWith(endpoint) === true ? `${endpoint}${next.search}` : path
  if (nextPath === path || seen.has(nextPath))
    throw new UnexpectedAnswerError(answer, 'has a link to a next page that is none')
  return nextPath
}
