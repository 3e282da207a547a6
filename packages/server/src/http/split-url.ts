/** The path, and the query without its question mark. Neither is decoded. */
export function splitUrl(url: string): { readonly path: string; readonly queryText: string } {
  const mark = url.indexOf('?')
  return mark < 0 ? { path: url, queryText: '' } : { path: url.slice(0, mark), queryText: url.slice(mark + 1) }
}
