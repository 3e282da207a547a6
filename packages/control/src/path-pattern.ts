/** What a path must be: `*` stands for any part between slashes, `**` for any number of them. */
export function toPathPattern(glob: string): RegExp {
  const text = glob
    .split(/(\*{1,2})/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&')))
    .join('')
  return new RegExp(`^${text}$`)
}
