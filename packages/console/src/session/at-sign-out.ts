const stores = new Map<() => void, () => boolean>()

/**
 * Has something forgotten as somebody signs out: who signs in next may be somebody else. `hasUnsent` tells whether
 * something that was written would be lost.
 */
export function forgetAtSignOut(forget: () => void, hasUnsent: () => boolean = () => false): void {
  stores.set(forget, hasUnsent)
}

/** Whether what was written is lost to somebody who signs out, or closes the page, now. */
export function wouldLose(): boolean {
  return [...stores.values()].some((hasUnsent) => hasUnsent())
}

// The browser asks in words of its own. It does so before it loads the page again too: nobody is told which it will be.
addEventListener('beforeunload', (event) => {
  if (wouldLose()) event.preventDefault()
})

/** Nothing that was written and not sent is in the page any more. */
export function forgetAll(): void {
  for (const forget of stores.keys()) forget()
}
