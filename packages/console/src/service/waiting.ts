const senders = new Set<() => Promise<unknown>>()

/** Has what one of the rooms holds back, so that it can be undone, sent before something that cannot be done over it. */
export function holdBack(send: () => Promise<unknown>): void {
  senders.add(send)
}

/** Resolves when nothing is held back any more: the service then has what the page shows. */
export async function sendWaiting(): Promise<void> {
  await Promise.all([...senders].map((send) => send()))
}
