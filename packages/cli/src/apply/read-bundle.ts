import type { CallOptions, Client } from '@clipflight/client'
import type { ActualInvocation } from '@clipflight/plan'
import type { Warn } from '../connection/key-file.ts'
import { countRelated } from '../target/count-related.ts'
import { listInvocations, type FoundInvocation } from '../target/find-invocation.ts'

/** The invocations of an App Clip with all their titles, in one request. Warns where there are more titles than came. */
export async function readBundle(
  client: Client,
  buildBundle: string,
  warn: Warn,
  call?: CallOptions,
): Promise<readonly ActualInvocation[]> {
  const found = await listInvocations(client, buildBundle, call)
  for (const invocation of found) {
    const { read, total } = countTitles(invocation)
    if (total > read)
      warn(`${invocation.url} has ${total} titles, and ${read} of them can be read: the others are left as they are`)
  }
  return found.map(({ id, url, localizations }) => ({ id, url, localizations }))
}

function countTitles({ id, document }: FoundInvocation): ReturnType<typeof countRelated> {
  const raw = [document.data ?? []].flat().find((each) => each.id === id)
  return raw === undefined ? { read: 0, total: 0 } : countRelated(raw, 'betaAppClipInvocationLocalizations')
}
