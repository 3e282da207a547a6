const tasks = new Set<() => Promise<unknown>>()

/** Has something done with the session before it ends because somebody signs out. */
export function beforeSignOut(task: () => Promise<unknown>): void {
  tasks.add(task)
}

/** Resolves when all of that is done, well or not: who asked for it says what became of it. */
export async function finishBeforeSignOut(): Promise<void> {
  await Promise.allSettled([...tasks].map((task) => task()))
}
