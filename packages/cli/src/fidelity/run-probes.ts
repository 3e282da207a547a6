import { ApiError, type Answer, type RawSender } from '@clipflight/client'
import type { StopWatch } from '../apply/watch-for-stop.ts'
import { aspectsOf } from '../probes/aspects-of.ts'
import { fillRequest } from '../probes/fill-request.ts'
import { isReading, names, type Aspect, type Finding, type Ids, type Probe } from '../probes/probe.ts'
import type { Progress } from '../terminal/progress.ts'
import type { Ground } from './ground.ts'

interface Bench {
  readonly send: RawSender
  /** Undefined when nothing may be written. */
  readonly ground: Ground | undefined
  readonly progress: Progress
  readonly watch: StopWatch
}

/** Findings of every probe, in their order; of some only why they did not run. */
export interface Run {
  readonly findings: readonly Finding[]
  /** What ended it before all had run. */
  readonly error?: unknown
}

/** Of what such an answer is to, nothing is learnt, and of what comes behind it neither. */
const STOPPING: ReadonlyMap<number, string> = new Map([
  [401, 'the key was not accepted'],
  [403, 'the role of the key is not enough'],
  [429, "the hour's budget is spent"],
])

const NO_ROOM = 'what is in the bundle leaves no room for it'

/** Runs the probes one after the other, until there is a wish to stop or the service does not answer. */
export async function runProbes(bench: Bench, probes: readonly Probe[]): Promise<Run> {
  const { progress, watch } = bench
  const findings: Finding[] = []
  let ended: { readonly reason: string; readonly error?: unknown } | undefined
  for (const [index, probe] of probes.entries()) {
    if (watch.wish !== undefined) ended ??= { reason: 'stopped before' }
    if (ended !== undefined) {
      findings.push({ probe, outcome: 'not run', reason: ended.reason })
      continue
    }
    progress.say(`Probe ${index + 1} of ${probes.length}: ${probe.id} …`)
    try {
      const { stops, ...finding } = await runProbe(bench, probe)
      findings.push(finding)
      if (stops !== undefined) ended = { reason: stops }
    } catch (error) {
      bench.ground?.note(undefined)
      const reason = error instanceof ApiError ? 'the service refused what it needs' : 'the service did not answer'
      ended = { reason: `${reason} before`, error }
      findings.push({ probe, outcome: 'not run', reason })
    }
  }
  return { findings, ...(ended?.error === undefined ? {} : { error: ended.error }) }
}

async function runProbe(bench: Bench, probe: Probe): Promise<Finding & { readonly stops?: string }> {
  const { ground, watch } = bench
  const call = { signal: watch.signal }
  const ids = await prepare(bench, probe)
  if (typeof ids === 'string') return { probe, outcome: 'not run', reason: ids }
  let answer: Answer | undefined
  for (const request of probe.requests) {
    answer = await bench.send(fillRequest(request, ids), call)
    if (request.method !== 'GET') ground?.note(answer)
  }
  if (answer === undefined) throw new Error(`${probe.id} has no requests`)
  const isExpected = String(answer.status) === probe.expected.status
  const stops = isExpected ? undefined : STOPPING.get(answer.status)
  if (stops !== undefined) return { probe, outcome: 'not run', reason: stops, stops: `${stops} before` }
  const finding = judge(probe, answer)
  // Whatever was taken is gone before the next one looks.
  if (!isReading(probe) && (answer.status < 300 || answer.status >= 500)) await ground?.clear(call)
  return finding
}

/** The ids for its requests, or why it cannot run. */
async function prepare({ ground, watch }: Bench, { given, requests }: Probe): Promise<Ids | string> {
  if (given === 'nothing') return {}
  if (ground === undefined) return 'no bundle was named with --bundle'
  const ids = await ground.prepare(given, { signal: watch.signal })
  if (ids === undefined) return NO_ROOM
  const needsOther = requests.some((request) => names(request, 'otherBundle'))
  return needsOther && ids.otherBundle === undefined ? 'no bundle was named with --other-bundle' : ids
}

function judge(probe: Probe, answer: Answer): Finding {
  const all = aspectsOf(answer)
  const compared = Object.keys(all).filter((aspect): aspect is Aspect => Object.hasOwn(probe.expected, aspect))
  const answered = Object.fromEntries(compared.map((aspect) => [aspect, all[aspect]]))
  const agrees = compared.every((aspect) => all[aspect] === probe.expected[aspect])
  return { probe, outcome: agrees ? 'agrees' : 'differs', answered, text: answer.text }
}
