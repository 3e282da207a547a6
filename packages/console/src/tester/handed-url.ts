/** One part of a URL, as people read it. */
export interface UrlPart {
  readonly kind: 'host' | 'path' | 'parameter' | 'fragment'
  /** Of a parameter. */
  readonly name?: string
  readonly value: string
}

/** What an App Clip gets to see of the URL that it is handed, in the order of the URL. Nothing where it is none. */
export function handedUrl(text: string): readonly UrlPart[] {
  if (!URL.canParse(text)) return []
  const url = new URL(text)
  const fragment = decode(url.hash.slice(1))
  return [
    { kind: 'host', value: url.host },
    { kind: 'path', value: decode(url.pathname) },
    ...[...url.searchParams].map(([name, value]) => ({ kind: 'parameter', name, value }) as const),
    ...(fragment === '' ? [] : [{ kind: 'fragment', value: fragment } as const]),
  ]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    // Percent signs that encode nothing are shown as they are.
    return text
  }
}
