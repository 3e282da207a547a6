import { refuse } from '@clipflight/contract'

/**
 * Ends a request of which nobody could say whom it is for, or who asks: other programs on its way may have understood it
 * otherwise. RFC 9112, 3.2, wants 400 for several hosts. Unverified: that Apple refuses the rest.
 */
export function refuseAmbiguous(url: string, rawHeaders: readonly string[]): void {
  if (!url.startsWith('/') || url.includes('#')) refuseAs('The target of the request is not a path with a query')
  let hosts = 0
  let authorizations = 0
  // Names and values take turns.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (isCalled(name, 'host')) hosts += 1
    else if (isCalled(name, 'authorization')) authorizations += 1
  }
  if (hosts > 1) refuseAs('The request has more than one Host header')
  if (authorizations > 1) refuseAs('The request has more than one Authorization header')
}

function isCalled(name: string, lowerCase: string): boolean {
  return name.length === lowerCase.length && name.toLowerCase() === lowerCase
}

function refuseAs(detail: string): never {
  refuse({ code: 'BAD_REQUEST', detail })
}
