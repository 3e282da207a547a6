import { readFileSync } from 'node:fs'
import { countChanges } from './count-changes.ts'
import type { Connection, Invocation, Order, Outcome, Task, Work } from './work.ts'

const FIRST_CALLS = 10

const does: { readonly [T in Task]: (work: Work, order: Order) => Promise<unknown> } = {
  read: (work, { bundle }) => work.read(bundle),
  change: (work, { emptyBundle }) => work.change(emptyBundle),
  'first calls': (work, { bundle }) => Promise.all(Array.from({ length: FIRST_CALLS }, () => work.read(bundle))),
  async plan(work, { app, build, wantedPath }) {
    const actual = await work.read(await work.findBundle(app, build))
    return countChanges(JSON.parse(readFileSync(wantedPath, 'utf8')) as Invocation[], actual)
  },
}

/** Does what the argument of this process orders, and prints how long it took. */
export async function runWork(connect: (connection: Connection) => Work | Promise<Work>): Promise<void> {
  const order = JSON.parse(process.argv[2] ?? '') as Order
  const { privateKeyPath, ...connection } = order.connection
  const milliseconds: number[] = []
  let began = performance.now()
  const work = await connect({ ...connection, privateKey: readFileSync(privateKeyPath, 'utf8') })
  let result: unknown
  for (let time = 0; time < order.times; time += 1) {
    if (time > 0) began = performance.now()
    result = await does[order.task](work, order)
    milliseconds.push(performance.now() - began)
  }
  const outcome: Outcome = { milliseconds, result }
  process.stdout.write(JSON.stringify(outcome))
}
