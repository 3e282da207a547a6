/** A host name, an IPv4 address, or an IPv6 address in brackets, as source of a pattern: nothing that could break out of a URL. */
export const HOST_FORM = String.raw`(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])`
