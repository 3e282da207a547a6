import type { Fault, FaultRule } from '@clipflight/control'
import { isAboutBuilds } from '@clipflight/control/complete-rule'
import { createHiddenBuilds, type HiddenBuilds } from './hidden-builds.ts'
import { createRule, type Rule, type Strike, type StruckRequest } from './rule.ts'

/** The faults that are set up. */
export interface Faults {
  /** All chance comes from it. */
  readonly seed: number
  /** Whether no rule is there to be asked about requests. */
  readonly isEmpty: boolean
  /** The first rule that strikes a request, if any does. */
  strike(request: StruckRequest): Strike | undefined
  /** Whether a build that is about to be made is to stay in processing. */
  keepsProcessing(team: number): boolean
  /** Hides a build that was made from writes, if a rule says so. `ids` are those of it and its parts. */
  hideBuild(team: number, ids: readonly string[]): void
  /** What writes are told that they do not find. */
  readonly hidden: HiddenBuilds
  add(rule: FaultRule, preset: string | undefined): Fault
  /** Oldest first; of one team those too that are for all. */
  list(team: number | undefined): readonly Fault[]
  /** False when there is none of that id. */
  remove(id: string): boolean
  /** Takes away those of a team and what they hid, or all. */
  clear(team: number | undefined): void
}

/** No fault to begin with. `seed` is 32 bits; the same one brings the same chance. */
export function createFaults({ seed, now }: { readonly seed: number; readonly now: () => number }): Faults {
  let rules: readonly Rule[] = []
  let ofRequests: readonly Rule[] = []
  let made = 0
  /** How many rules each team ever had since it was cleared, so that chance begins anew with it. */
  const counts = new Map<number | undefined, number>()
  const hidden = createHiddenBuilds(now)

  function setRules(changed: readonly Rule[]): void {
    rules = changed
    ofRequests = changed.filter(({ rule }) => !isAboutBuilds(rule.then))
  }

  return {
    seed,
    hidden,
    get isEmpty() {
      return ofRequests.length === 0
    },
    strike(request) {
      for (const rule of ofRequests) {
        const strike = rule.strike(request)
        if (strike !== undefined) return strike
      }
      return undefined
    },
    keepsProcessing: (team) =>
      rules.some(({ rule, strikeBuild }) => rule.then.keepProcessing === true && strikeBuild(team)),
    hideBuild(team, ids) {
      for (const { rule, strikeBuild, describe } of rules) {
        const { hideNewBuilds } = rule.then
        if (hideNewBuilds !== undefined && strikeBuild(team)) hidden.hide(team, ids, hideNewBuilds.seconds, describe())
      }
    },
    add(rule, preset) {
      made += 1
      const { team } = rule.match
      const count = counts.get(team) ?? 0
      counts.set(team, count + 1)
      const added = createRule({ id: `fault-${made}`, rule, preset, seed, place: count })
      setRules([...rules, added])
      return added.show()
    },
    list: (team) =>
      rules
        .filter(({ rule: { match } }) => team === undefined || match.team === undefined || match.team === team)
        .map((rule) => rule.show()),
    remove(id) {
      const before = rules.length
      setRules(rules.filter((rule) => rule.id !== id))
      return rules.length < before
    },
    clear(team) {
      setRules(team === undefined ? [] : rules.filter(({ rule }) => rule.match.team !== team))
      hidden.clear(team)
      if (team === undefined) counts.clear()
      else counts.delete(team)
    },
  }
}
