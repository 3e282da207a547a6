/** More would keep more of them alive at once than the engine's room for new objects is made for: decision 0014. */
const MOST = 16

/** Works that are begun together. */
export interface Together<Work> {
  /** Begins the work when the turn of the event loop ends, or once sixteen wait. */
  add(work: Work): void
  /** Begins all that wait, for whatever must come behind them. */
  begin(): void
}

/** Works that `begin` begins, in their order. It must not throw: those behind would be lost. Why: decision 0014. */
export function together<Work>(begin: (work: Work) => void): Together<Work> {
  let waiting: Work[] = []
  function beginAll(): void {
    const works = waiting
    waiting = []
    for (const work of works) begin(work)
  }
  return {
    add(work) {
      waiting.push(work)
      if (waiting.length === 1) setImmediate(beginAll)
      else if (waiting.length === MOST) beginAll()
    },
    begin: beginAll,
  }
}
