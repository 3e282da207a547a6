/** A host name, an IPv4 address, or an IPv6 address in brackets, as source of a pattern: nothing that could break out of a URL. */
export const HOST_FORM = String.raw`(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])`

/** A request of which nobody could say whom it is for: other programs on its way may have believed the other one. */
export function hasSeveralHosts({ rawHeaders }: { readonly rawHeaders: readonly string[] }): boolean {
  let found = 0
  // Names and values take turns.
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') found += 1
  }
  return found > 1
}

/** For the log and for clients. RFC 9112, 3.2, wants 400. */
export const SEVERAL_HOSTS = 'The request has more than one Host header'
