const SCHEME = 'https://'

/** What tells a URL from the others of its App Clip: all from the last part of it on that is not the same in each. */
export function partThatDiffers(url: string, urls: readonly string[]): string {
  let end = 0
  while (end < url.length && urls.every((each) => each[end] === url[end])) end += 1
  const start = url.slice(0, end).search(/[/?#&][^/?#&]*$/)
  return url.slice(Math.max(start, SCHEME.length))
}
