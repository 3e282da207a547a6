/** `npm run bench`: measures service, client, command, sandbox and console against targets and peers, and writes docs/benchmarks.md. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prepareClientGround } from './client-ground.ts'
import { useCommand } from './clipflight.ts'
import type { Group } from './findings.ts'
import { describeMachine } from './machine.ts'
import { measureClients } from './measure-clients.ts'
import { measureCommand } from './measure-command.ts'
import { measureConsole } from './measure-console.ts'
import { measureProxy } from './measure-proxy.ts'
import { measureSandbox } from './measure-sandbox.ts'
import { measureService } from './measure-service.ts'
import { isComplete, readPlan, type Plan } from './options.ts'
import { installPacked } from './published.ts'
import { writeReport } from './report.ts'
import { say } from './rounds.ts'

const REPOSITORY = join(import.meta.dirname, '..')
const REPORT = join(REPOSITORY, 'docs/benchmarks.md')

await run(readPlan(process.argv.slice(2)))

async function run(plan: Plan): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'clipflight-bench-'))
  try {
    const text = writeReport({
      plan,
      machine: describeMachine(),
      date: new Date().toISOString().slice(0, 10),
      revision: revision(),
      groups: await measureAll(plan, directory),
    })
    if (isComplete(plan)) {
      writeFileSync(REPORT, text)
      say(`\nWritten to ${REPORT}`)
    } else say(`\n${text}`)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function measureAll(plan: Plan, directory: string): Promise<readonly Group[]> {
  const wants = new Set(plan.groups)
  say('Installing what is packed')
  const installed = installPacked(join(directory, 'published'))
  useCommand(installed.main)
  const groups = wants.has('service') ? [await measureService(directory, plan, installed)] : []
  if (wants.has('sandbox')) groups.push(await measureSandbox(directory, plan))
  if (wants.has('proxy')) groups.push(await measureProxy(directory, plan))
  if (wants.has('client') || wants.has('command')) {
    say('Installing clients')
    await using ground = await prepareClientGround(directory)
    if (wants.has('client')) groups.push(await measureClients(directory, plan, ground))
    if (wants.has('command')) groups.push(await measureCommand(directory, plan, ground, installed.main))
  }
  if (wants.has('console')) groups.push(await measureConsole(directory, plan))
  return groups
}

function revision(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: REPOSITORY, encoding: 'utf8' }).trim()
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', 'packages') === '' ? '' : ' with changes'}`
  } catch {
    return 'unknown'
  }
}
