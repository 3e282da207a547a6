import type { Client } from '@clipflight/client'
import type { Warn } from '../connection/key-file.ts'
import type { ActualInvocation } from '../plan/invocation.ts'
import { listInvocations, type FoundInvocation } from '../target/find-invocation.ts'

/** The invocations of an App Clip with all their titles, in one request. Warns where there are more titles than came. */
export async function readBundle(
  client: Client,
  buildBundle: string,
  warn: Warn,
): Promise<readonly ActualInvocation[]> {
  const found = await listInvocations(client, buildBundle)
  for (const invocation of found) {
    const { read, total } = countTitles(invocation)
    if (total > read)
      warn(`${invocation.url} has ${total} titles, and ${read} of them can be read: the others are left as they are`)
  }
  return found.map(({ id, url, localizations }) => ({ id, url, localizations }))
}

/** How many titles came along, and how many there are by the count that the service gives. */
function countTitles({ id, document, localizations }: FoundInvocation): {
  readonly read: number
  readonly total: number
} {
  const raw = [document.data].flat().find((each) => each?.id === id)
  const paging = raw?.relationships?.['betaAppClipInvocationLocalizations']?.meta?.['paging']
  const total = typeof paging === 'object' && paging !== null && 'total' in paging ? Number(paging.total) : 0
  return { read: localizations.length, total }
}
