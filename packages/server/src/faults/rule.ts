import type { Fault, FaultDelay, FaultRule, FaultThen } from '@clipflight/control'
import { LONGEST_DELAY_MILLISECONDS } from '@clipflight/control/longest-delay'
import { toPathPattern } from '@clipflight/control/path-pattern'
import { createChance, drawNormal, seedOf } from './chance.ts'

/** What rules look at of a request. */
export interface StruckRequest {
  readonly team: number
  readonly key: string
  readonly method: string
  readonly path: string
  readonly operation: string | undefined
}

/** What a rule does to one request. */
export interface Strike {
  readonly fault: string
  /** For the log: which rule it was. */
  readonly why: string
  readonly then: FaultThen
  /** Drawn for this request; 0 when it does not wait. */
  readonly delayMilliseconds: number
}

/** A rule at work. */
export interface Rule {
  readonly id: string
  readonly rule: FaultRule
  strike(request: StruckRequest): Strike | undefined
  strikeBuild(team: number): boolean
  describe(): { readonly fault: string; readonly why: string }
  show(): Fault
}

export interface RuleParts {
  readonly id: string
  readonly rule: FaultRule
  readonly preset: string | undefined
  readonly seed: number
  /** Among the rules of its team: together with the team it decides what chance brings. */
  readonly place: number
}

/** The rule, which has struck nothing yet. */
export function createRule({ id, rule, preset, seed, place }: RuleParts): Rule {
  const { match, when, then } = rule
  const chance = createChance(seedOf(seed, match.team ?? 0, place))
  const path = match.path === undefined ? undefined : toPathPattern(match.path)
  const why = `The fault ${id}${preset === undefined ? '' : ` (preset ${preset})`} struck.`
  let matched = 0
  let struck = 0

  function matches(request: StruckRequest): boolean {
    return (
      (match.team === undefined || match.team === request.team) &&
      (match.key === undefined || match.key === request.key) &&
      (match.method === undefined || match.method === request.method) &&
      (match.operation === undefined || match.operation === request.operation) &&
      (path === undefined || path.test(request.path))
    )
  }

  /** Counts one that the rule is for, and says whether it strikes it. */
  function decide(): boolean {
    matched += 1
    const strikes =
      (when.next === undefined || struck < when.next) &&
      (when.every === undefined || matched % when.every === 0) &&
      (when.probability === undefined || chance() < when.probability)
    if (strikes) struck += 1
    return strikes
  }

  return {
    id,
    rule,
    strike(request) {
      if (!matches(request) || !decide()) return undefined
      return { fault: id, why, then, delayMilliseconds: then.delay === undefined ? 0 : drawDelay(then.delay, chance) }
    },
    strikeBuild: (team) => (match.team === undefined || match.team === team) && decide(),
    describe: () => ({ fault: id, why }),
    show: () => ({ id, ...(preset === undefined ? {} : { preset }), match, when, then, matched, struck }),
  }
}

function drawDelay({ milliseconds, from, to, normal }: FaultDelay, chance: () => number): number {
  if (normal !== undefined) {
    const drawn = drawNormal(chance, normal.mean, normal.deviation)
    return Math.min(Math.max(0, drawn), LONGEST_DELAY_MILLISECONDS)
  }
  if (from !== undefined && to !== undefined) return from + chance() * (to - from)
  return milliseconds ?? 0
}
