const tasks = new Set<() => Promise<unknown>>()

/** Has something done with the session before it ends because somebody signs out. */
export function beforeSignOut(task: () => Promise<unknown>): void {
  tasks.add(task)
}

/** Resolves when all of that is done, well or not: who asked for it says what became of it. */
export async function finishBeforeSignOut(): Promise<void> {
  await Promise.allSettled([...tasks].map((task) => task()))
}

const stores = new Set<() => void>()

/** Has something forgotten as somebody signs out: who signs in next may be somebody else. */
export function forgetAtSignOut(forget: () => void): void {
  stores.add(forget)
}

/** Nothing that was written and not sent is in the page any more. */
export function forgetAll(): void {
  for (const forget of stores) forget()
}
