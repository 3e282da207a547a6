import type { CallOptions, Client } from '@clipflight/client'
import type { Change } from '../plan/change.ts'

/** What of a client changes invocations. */
export type ChangingClient = Client<'betaAppClipInvocations' | 'betaAppClipInvocationLocalizations'>

/** Makes one change of a plan for the App Clip with that id. */
export async function sendChange(
  { betaAppClipInvocations, betaAppClipInvocationLocalizations }: ChangingClient,
  buildBundle: string,
  change: Change,
  call: CallOptions,
): Promise<void> {
  if (change.op === 'delete') {
    const { delete: remove } =
      change.type === 'betaAppClipInvocations' ? betaAppClipInvocations : betaAppClipInvocationLocalizations
    await remove(change.id, call)
  } else if (change.type === 'betaAppClipInvocations') {
    if (change.op === 'create') await betaAppClipInvocations.create({ buildBundle, ...change.after }, call)
    else await betaAppClipInvocations.update(change.id, change.after, call)
  } else {
    const { betaAppClipInvocation, after } = change
    if (change.op === 'create')
      await betaAppClipInvocationLocalizations.create({ betaAppClipInvocation, ...after }, call)
    else await betaAppClipInvocationLocalizations.update(change.id, { title: after.title }, call)
  }
}
