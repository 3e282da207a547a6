const stores = new Set<() => void>()

/** Has something forgotten as somebody signs out: who signs in next may be somebody else. */
export function forgetAtSignOut(forget: () => void): void {
  stores.add(forget)
}

/** Nothing that was written and not sent is in the page any more. */
export function forgetAll(): void {
  for (const forget of stores) forget()
}
