const stores = new Map<() => void, () => boolean>()

/**
 * Has something forgotten as somebody signs out: who signs in next may be somebody else. `hasUnsent` tells whether
 * something that was written would be lost.
 */
export function forgetAtSignOut(forget: () => void, hasUnsent: () => boolean = () => false): void {
  stores.set(forget, hasUnsent)
}

/** Whether somebody who signs out now loses what was written. */
export function wouldLose(): boolean {
  return [...stores.values()].some((hasUnsent) => hasUnsent())
}

/** Nothing that was written and not sent is in the page any more. */
export function forgetAll(): void {
  for (const forget of stores.keys()) forget()
}
