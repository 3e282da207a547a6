import type { LoggedRequest } from '@clipflight/control'
import { quoteForShell as quote } from '../../ui/quote-for-shell.ts'

/** What curl says by itself, what only browsers send, and what proves a session of this page. */
const LEFT_OUT =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|accept-language|user-agent|authorization|cookie|origin|referer|te|priority|pragma|cache-control|x-clipflight-team|sec-.*)$/i

/** A command that sends the request once more, with a token of its own: no log has the one that was sent. */
export function writeCurl(request: LoggedRequest, origin: string): string {
  const { method, path, query, requestHeaders, requestBody } = request
  const headers = Object.entries(requestHeaders)
    .filter(([name]) => !LEFT_OUT.test(name))
    .flatMap(([name, value]) => [value].flat().map((each) => `--header ${quote(`${name}: ${each}`)}`))
  return [
    `curl ${method === 'GET' ? '' : `--request ${method} `}${globs(`${path}${query}`)}${quote(`${origin}${path}${query === '' ? '' : `?${query}`}`)}`,
    '--header "Authorization: Bearer $(clipflight auth token --local)"',
    ...headers,
    ...(requestBody === undefined ? [] : [`--data-raw ${quote(requestBody.text)}`]),
  ].join(' \\\n  ')
}

/** Without it curl takes `filter[name]` for a range, and `[1-9999]` for that many requests. */
function globs(url: string): string {
  return /[[\]{}]/.test(url) ? '--globoff ' : ''
}
