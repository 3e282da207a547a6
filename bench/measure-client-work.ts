import { isDeepStrictEqual } from 'node:util'
import { FULL_BUNDLE, outcomeOfWork, type ClientGround } from './client-ground.ts'
import type { ClientPackage } from './client-packages.ts'
import type { Task } from './client-work/work.ts'
import type { Traffic } from './counting-gateway.ts'
import type { Finding, Part, Table } from './findings.ts'
import type { Plan } from './options.ts'
import { median, say } from './rounds.ts'
import { medianMilliseconds, runInTurns, runsOf, runToEnd } from './whole-processes.ts'

/** The same work with our client and with its peers. */
export async function measureClientWork(plan: Plan, ground: ClientGround): Promise<Part> {
  const read = await compareTask(plan, ground, 'read', `To read a bundle with ${FULL_BUNDLE}`)
  const change = await compareTask(plan, ground, 'change', 'To create an invocation with two titles, update and delete')
  const first = await compareFirstCalls(ground)
  return { findings: first.findings, tables: [read, change, ...first.tables] }
}

/** One task with every client: requests and time of a program that does nothing else, and of one that goes on. */
async function compareTask(plan: Plan, ground: ClientGround, task: Task, title: string): Promise<Table> {
  const clients = clientsOf(ground)
  const counted = await countTask(ground, task)
  say(`${title}, whole processes:`)
  const once = await runInTurns(
    clients.map((client) => ground.program(client, task)),
    plan.processes,
  )
  say(`  and processes that do it ${plan.repetitions + 1} times:`)
  const repeated = await runInTurns(
    clients.map((client) => ground.program(client, task, { times: plan.repetitions + 1 })),
    plan.rounds,
  )
  return {
    title,
    head: ['', 'requests', 'whole process ms', 'once more ms'],
    rows: clients.map(({ name }) => [
      name,
      String(counted.get(name)?.requests),
      medianMilliseconds(once, name).toFixed(0),
      onceMore(runsOf(repeated, name).map(({ output }) => output)).toFixed(2),
    ]),
  }
}

/** The first time makes the client and connects. */
function onceMore(outputs: readonly string[]): number {
  return median(outputs.map((output) => median(outcomeOfWork(output).milliseconds.slice(1))))
}

export function clientsOf({ packages }: ClientGround): readonly ClientPackage[] {
  return [packages.ours, ...packages.peers]
}

/** What a task takes with every client. Throws when they do not come to the same. */
export async function countTask(ground: ClientGround, task: Task): Promise<ReadonlyMap<string, Traffic>> {
  const counted = new Map<string, Traffic>()
  const results: unknown[] = []
  for (const client of clientsOf(ground)) {
    ground.gateway.take()
    const { output } = await runToEnd(ground.program(client, task, { baseUrl: ground.gateway.url }))
    counted.set(client.name, ground.gateway.take())
    const { result } = outcomeOfWork(output)
    results.push(result)
    if (!isDeepStrictEqual(result, results[0])) throw new Error(`${client.name} comes to another result: ${task}`)
  }
  return counted
}

async function compareFirstCalls(ground: ClientGround): Promise<Part> {
  const counted = await countTask(ground, 'first calls')
  const tokens = counted.get(ground.packages.ours.name)?.tokens ?? Number.NaN
  const finding: Finding = {
    what: `${ground.packages.ours.name}: tokens signed for ten first calls at once`,
    measured: String(tokens),
    target: { text: '1', isMet: tokens === 1 },
  }
  const rows = [...counted].map(([name, traffic]) => [name, String(traffic.requests), String(traffic.tokens)])
  return {
    findings: [finding],
    tables: [{ title: 'Ten first calls at once', head: ['', 'requests', 'tokens signed'], rows }],
  }
}
