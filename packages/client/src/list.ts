import type { RawDocument } from './answer-document.ts'

/** Resources on several pages. Nothing is asked for before it is iterated or a page is taken. */
export interface List<T> extends AsyncIterable<T> {
  /** The first page alone. */
  page(): Promise<Page<T>>
}

export interface Page<T> {
  readonly items: readonly T[]
  /** How many there are on all pages, where the service says so. */
  readonly total: number | undefined
  /** How many there may be on this page, where the service says so. */
  readonly limit: number | undefined
  /** Reads the next page; undefined on the last. */
  readonly next: (() => Promise<Page<T>>) | undefined
  /** The document of the page as it came. It does not show when the page is printed or written as JSON. */
  readonly document: RawDocument
}

const NOTHING_SEEN: ReadonlySet<string> = new Set()

/** A list whose pages are read by their path and query. */
export function listOf<T>(
  path: string,
  read: (
    path: string,
    /** Where a next page would lead in a circle. */
    seen: ReadonlySet<string>,
  ) => Promise<{ readonly items: readonly T[]; readonly document: RawDocument; readonly next: string | undefined }>,
): List<T> {
  async function page(at: string): Promise<Page<T>> {
    const { items, document, next } = await read(at, NOTHING_SEEN)
    const { total, limit } = document.meta?.paging ?? {}
    const result = { items, total, limit, next: next === undefined ? undefined : () => page(next), document }
    return Object.defineProperty(result, 'document', { enumerable: false })
  }
  return {
    page: () => page(path),
    async *[Symbol.asyncIterator]() {
      const seen = new Set<string>()
      for (let at: string | undefined = path; at !== undefined;) {
        seen.add(at)
        const { items, next } = await read(at, seen)
        yield* items
        at = next
      }
    },
  }
}
