import { FULL_BUNDLE, type ClientGround } from './client-ground.ts'
import { atMost, firstLineOf, type Finding, type Part } from './findings.ts'
import { clientsOf, countTask } from './measure-client-work.ts'
import type { Plan } from './options.ts'
import { say } from './rounds.ts'
import { medianMilliseconds, runInTurns, runToEnd, type Program } from './whole-processes.ts'

const REQUESTS_TARGET = 2

const BY_NAMES = '`clipflight plan`, app by bundle id, build by number'
const BY_ID = '`clipflight plan`, build by id'

/** The command beside scripts that do the same with our client and its peers. */
export async function measurePlan(plan: Plan, ground: ClientGround, command: Program): Promise<Part> {
  const title = `To plan for a bundle with ${FULL_BUNDLE}, of which one title changes`
  say(`${title}:`)
  const requests = new Map<string, number>()
  const programs: Program[] = []
  const findings: Finding[] = []
  for (const [name, target] of [
    [BY_NAMES, ['--app', ground.app, '--build', ground.build]],
    [BY_ID, ['--build', ground.buildId]],
  ] as const) {
    const planOn = (baseUrl: string) => planner(name, command, ground, target, baseUrl)
    try {
      const counted = await countRequests(ground, planOn(ground.gateway.url))
      requests.set(name, counted)
      programs.push(planOn(ground.server.url))
      if (name === BY_ID) findings.push(atMost(`${name}: requests`, counted, REQUESTS_TARGET, 'requests'))
    } catch (error) {
      say(`NOT MEASURED: ${String(error)}`)
      findings.push(missing(name, error))
    }
  }
  for (const [name, traffic] of await countTask(ground, 'plan')) requests.set(scriptWith(name), traffic.requests)
  for (const client of clientsOf(ground))
    programs.push({ ...ground.program(client, 'plan'), name: scriptWith(client.name) })
  const runs = await runInTurns(programs, plan.processes)
  const rows = programs.map(({ name }) => [name, String(requests.get(name)), medianMilliseconds(runs, name).toFixed(0)])
  return { findings, tables: [{ title, head: ['', 'requests', 'whole process ms'], rows }] }
}

function scriptWith(name: string): string {
  return `a script with ${name}`
}

/** A command that cannot plan misses its target. */
function missing(name: string, error: unknown): Finding {
  return { what: name, measured: firstLineOf(error).replace(`${name} `, ''), target: { text: 'a plan', isMet: false } }
}

function planner(
  name: string,
  { args, environment }: Program,
  { server, filePath }: ClientGround,
  target: readonly string[],
  baseUrl: string,
): Program {
  return {
    name,
    args: [...args, 'plan', '--file', filePath, ...target, '--output', 'json'],
    environment: {
      ...environment,
      ASC_KEY_ID: server.keyId,
      ASC_ISSUER_ID: server.issuerId,
      ASC_PRIVATE_KEY_PATH: server.privateKeyPath,
      ASC_BASE_URL: baseUrl,
    },
  }
}

/** Throws unless the command comes to the one change that there is. */
async function countRequests({ gateway }: ClientGround, command: Program): Promise<number> {
  gateway.take()
  const { output } = await runToEnd(command)
  const { requests } = gateway.take()
  const { changes } = JSON.parse(output) as { readonly changes: readonly unknown[] }
  if (changes.length !== 1) throw new Error(`${command.name} finds ${changes.length} changes and not the one there is`)
  return requests
}
