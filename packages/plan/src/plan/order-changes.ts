import type { Change } from './change.ts'
import type { ActualInvocation } from './invocation.ts'
import { MAX_INVOCATIONS } from './limits.ts'
import { temporaryUrl } from './temporary-url.ts'

/**
 * The changes in an order in which the service refuses none of them, the given one where that is possible. Where
 * invocations trade URLs in a circle, one of them is moved to a temporary URL first.
 */
export function orderChanges(changes: readonly Change[], actual: readonly ActualInvocation[]): readonly Change[] {
  const ordered: Change[] = []
  const pending = [...changes]
  const urls = new Map(actual.map(({ id, url }) => [id, url]))
  while (pending.length > 0) {
    const index = pending.findIndex((change) => isTakenBy(urls, change))
    const change = index === -1 ? makeWay(pending, urls) : pending.splice(index, 1)[0]
    if (change === undefined) throw new Error('Changes wait for each other, and no circle of URLs explains it')
    ordered.push(change)
    follow(urls, change, ordered.length)
  }
  return ordered
}

/** Whether a bundle with these URLs takes the change. */
function isTakenBy(urls: ReadonlyMap<string, string>, change: Change): boolean {
  if (change.type === 'betaAppClipInvocationLocalizations' || change.op === 'delete') return true
  if (change.op === 'create' && urls.size >= MAX_INVOCATIONS) return false
  return ![...urls.values()].includes(change.after.url)
}

/** Moves the first that waits for a URL out of the way; its change in `pending` then begins there. */
function makeWay(pending: Change[], urls: ReadonlyMap<string, string>): Change | undefined {
  for (const [index, change] of pending.entries()) {
    if (change.type !== 'betaAppClipInvocations' || change.op !== 'update') continue
    const taken = new Set([...urls.values(), ...pending.flatMap(urlsOf)])
    const between = { url: temporaryUrl(change.after.url, taken) }
    pending[index] = { ...change, before: between }
    return { ...change, after: between, why: 'makes way, since invocations trade their URLs' }
  }
  return undefined
}

function urlsOf(change: Change): readonly string[] {
  return change.type === 'betaAppClipInvocations' && change.op !== 'delete' ? [change.after.url] : []
}

function follow(urls: Map<string, string>, change: Change, step: number): void {
  if (change.type !== 'betaAppClipInvocations') return
  if (change.op === 'create') urls.set(`created in step ${step}`, change.after.url)
  else if (change.op === 'update') urls.set(change.id, change.after.url)
  else urls.delete(change.id)
}
