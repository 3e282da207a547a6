import type { CallOptions, Client } from '@clipflight/client'
import type { ActualInvocation } from '@clipflight/plan'
import type { Warn } from '../connection/key-file.ts'
import type { PlannedApp } from '../print/planned-app.ts'
import { countRelated } from '../target/count-related.ts'
import { listInvocations, type FoundInvocation } from '../target/find-invocation.ts'
import { ifAbsent } from '../target/if-absent.ts'

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

/** Those of an App Clip whose build was found, if it was: it is there then, so a 404 says that it has none. */
export async function readTarget(
  client: Client,
  { build, buildBundle }: Pick<PlannedApp, 'build' | 'buildBundle'>,
  warn: Warn,
): Promise<readonly ActualInvocation[]> {
  const found = readBundle(client, buildBundle, warn)
  return build === undefined ? found : found.catch(ifAbsent([]))
}

function countTitles({ id, document }: FoundInvocation): ReturnType<typeof countRelated> {
  const raw = [document.data ?? []].flat().find((each) => each.id === id)
  return raw === undefined ? { read: 0, total: 0 } : countRelated(raw, 'betaAppClipInvocationLocalizations')
}
