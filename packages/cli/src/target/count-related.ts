import type { RawResource } from '@clipflight/client'

/** How many resources of a relationship came along, and how many there are by the count that the service gives. */
export function countRelated(
  { relationships }: RawResource,
  name: string,
): { readonly read: number; readonly total: number } {
  const { data = null, meta } = relationships?.[name] ?? {}
  const paging = meta?.['paging']
  const read = [data ?? []].flat().length
  return {
    read,
    total: typeof paging === 'object' && paging !== null && 'total' in paging ? Number(paging.total) : read,
  }
}
