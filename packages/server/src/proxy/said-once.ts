import { LRUCache } from 'lru-cache'

/** A client can name ever more hosts; of those that were long ago it is said again. */
const REMEMBERED_LINES = 1000

/** Passes a line on the first time that it comes: clients try again and again, and one line is enough. */
export function saidOnce(log: (line: string) => void): (line: string) => void {
  const said = new LRUCache<string, true>({ max: REMEMBERED_LINES })
  return (line) => {
    if (said.get(line) === undefined) log(line)
    said.set(line, true)
  }
}
