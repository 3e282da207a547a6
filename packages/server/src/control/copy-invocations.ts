import { resources } from '@clipflight/contract'
import type { Row, Transaction } from '../storage/storage.ts'
import { addRow } from './add-row.ts'

const { buildBundles, betaAppClipInvocations, betaAppClipInvocationLocalizations } = resources

/** More than a bundle or an invocation can have. */
const EVERY = 1000

/** Gives a bundle the invocations of another, titles included, under ids of their own. Returns how many. */
export async function copyInvocations(
  transaction: Transaction,
  team: number,
  now: number,
  from: Row,
  to: string,
): Promise<number> {
  const found = await transaction.related(buildBundles, 'betaAppClipInvocations', team, [from], EVERY)
  const invocations = found.get(from.id)?.rows ?? []
  const titles = await transaction.related(
    betaAppClipInvocations,
    'betaAppClipInvocationLocalizations',
    team,
    invocations,
    EVERY,
  )
  for (const invocation of invocations) {
    const betaAppClipInvocation = await addRow(transaction, team, now, betaAppClipInvocations, {
      attributes: invocation,
      links: { buildBundle: to },
    })
    for (const title of titles.get(invocation.id)?.rows ?? []) {
      await addRow(transaction, team, now, betaAppClipInvocationLocalizations, {
        attributes: title,
        links: { betaAppClipInvocation },
      })
    }
  }
  return invocations.length
}
