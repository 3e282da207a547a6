const senders = new Set<() => Promise<unknown>>()

/** Has what one of the rooms holds back, so that it can be undone, sent before something that cannot be done over it. */
export function holdBack(send: () => Promise<unknown>): void {
  senders.add(send)
}

/** Resolves when nothing is held back any more, sent well or not: who asked for it says what became of it. */
export async function sendWaiting(): Promise<void> {
  await Promise.allSettled([...senders].map((send) => send()))
}
