import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ID, NUMBER, STRIDE, type Load, type Outcome } from './load.ts'
import { LOAD_CORE, onCore } from './machine.ts'
import { CONNECTIONS } from './options.ts'

const SCRIPT = join(import.meta.dirname, 'wrk.lua')

export async function loadWithWrk({ url, headers, body, ids }: Load, seconds: number): Promise<Outcome> {
  const { origin, pathname, search } = new URL(url)
  const [command, args] = onCore(LOAD_CORE, 'wrk', [
    '--threads=1',
    `--connections=${CONNECTIONS}`,
    `--duration=${seconds}s`,
    '--timeout=10s',
    `--script=${SCRIPT}`,
    ...Object.entries(headers).map(([name, value]) => `--header=${name}: ${value}`),
    `${origin}${pathname}${search}`,
  ])
  const { stdout } = await promisify(execFile)(command, args, {
    env: {
      ...process.env,
      BENCH_ID: ID,
      BENCH_NUMBER: NUMBER,
      BENCH_STRIDE: String(STRIDE),
      ...(body === undefined ? {} : { BENCH_BODY: body }),
      ...(ids === undefined ? {} : { BENCH_IDS: ids.file }),
      ...(ids?.inTurnFrom === undefined ? {} : { BENCH_FIRST: String(ids.inTurnFrom) }),
    },
  })
  const line = /^OUTCOME (.*)$/m.exec(stdout)?.[1]
  if (line === undefined) throw new Error(`wrk reported nothing: ${stdout}`)
  return JSON.parse(line) as Outcome
}
