import { applyChange, isLegal } from './apply-change.ts'
import type { Change } from './change.ts'
import type { ActualInvocation } from './invocation.ts'

/** Whether each change is of something in the bundle, and leaves what a service would hold. */
export function canReplay(state: readonly ActualInvocation[], changes: readonly Change[]): boolean {
  let current = state
  for (const change of changes) {
    if (!isOf(current, change)) return false
    current = applyChange(current, change)
    if (!isLegal(current)) return false
  }
  return true
}

function isOf(state: readonly ActualInvocation[], change: Change): boolean {
  if (change.type === 'betaAppClipInvocations')
    return change.op === 'create' || state.some(({ id }) => id === change.id)
  const invocation = state.find(({ id }) => id === change.betaAppClipInvocation)
  if (invocation === undefined || change.op === 'create') return invocation !== undefined
  return invocation.localizations.some(({ id }) => id === change.id)
}
