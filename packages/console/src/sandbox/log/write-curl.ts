import type { LoggedRequest } from '@clipflight/control'

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

/** All but a line feed: terminals take what is pasted for keys, and one that breaks off a command is among them. */
// oxlint-disable-next-line no-control-regex -- they are what is meant
const CONTROL = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/

/** For a POSIX shell; `$'…'` is one of 2024, and older in bash and zsh. */
function quote(text: string): string {
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", String.raw`'\''`)}'`
  return `$'${text.replaceAll(new RegExp(String.raw`${CONTROL.source}|['\\]`, 'g'), toOctal)}'`
}

function toOctal(character: string): string {
  const bytes = [...new TextEncoder().encode(character)]
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
