/** More would keep more requests alive at once than the engine's room for new objects is made for (measured). */
const MOST = 16

/**
 * Makes what comes up in one turn of the event loop run at the end of that turn, one after the other, in its order.
 * Under load, requests of many connections arrive in one turn. Read, answered and written one by one, each wakes its
 * waiting client, and finds the processor's caches full of the step before; a read of an invocation then takes 80 µs
 * instead of 44 (measured). A request that comes alone waits for nothing: its turn ends with it.
 */
export function together<Work>(run: (work: Work) => void): (work: Work) => void {
  let waiting: Work[] = []
  function runAll(): void {
    const works = waiting
    waiting = []
    for (const work of works) run(work)
  }
  return (work) => {
    waiting.push(work)
    if (waiting.length === 1) setImmediate(runAll)
    else if (waiting.length === MOST) runAll()
  }
}
