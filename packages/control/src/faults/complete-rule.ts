import type { FaultCreation, FaultDelay, FaultRule, FaultThen } from './fault-rule.ts'
import { presets } from './presets.ts'

/** What is wrong with a rule that its schema cannot say, and the member that it is about. */
export interface RuleComplaint {
  readonly pointer: string
  readonly detail: string
}

/** What a rule can do, of which it does one, and to what: to requests, or to builds as they are made. */
const HAPPENS_TO: Readonly<Record<Exclude<keyof FaultThen, 'applied'>, 'requests' | 'builds'>> = {
  answer: 'requests',
  delay: 'requests',
  cut: 'requests',
  truncate: 'requests',
  hideNewBuilds: 'builds',
  keepProcessing: 'builds',
}

/** Whether the rule is about builds as they are made. Such rules match by team only. */
export function isAboutBuilds(then: FaultThen): boolean {
  return targetsOf(then).includes('builds')
}

/** Of each thing that the rule does. */
function targetsOf(then: FaultThen): readonly ('requests' | 'builds')[] {
  const targets = new Map<string, 'requests' | 'builds'>(Object.entries(HAPPENS_TO))
  return Object.entries(then).flatMap(([name, value]: [string, unknown]) =>
    value === undefined ? [] : (targets.get(name) ?? []),
  )
}

/** The rule with everything said, or what is wrong with it. */
export function completeRule(given: FaultCreation): FaultRule | readonly RuleComplaint[] {
  const { preset: name, match = {}, when = {} } = given
  if (name === undefined) {
    if (given.then === undefined) return [{ pointer: '/then', detail: "A fault needs 'then', or 'preset'." }]
    const complaints = complaintsOf({ match, when, then: given.then })
    return complaints.length > 0 ? complaints : { match, when, then: given.then }
  }
  if (given.then !== undefined) return [{ pointer: '/then', detail: "'then' is the preset's: leave one of them out." }]
  const found = presets.find((each) => each.name === name)
  if (found === undefined) {
    const known = presets.map((each) => each.name).join(', ')
    return [{ pointer: '/preset', detail: `There is no preset '${name}'. The presets are: ${known}.` }]
  }
  const rule = { match: { ...found.match, ...match }, when: given.when ?? found.when, then: found.then }
  const complaints = complaintsOf(rule)
  return complaints.length > 0 ? complaints : rule
}

function complaintsOf({ match, then }: FaultRule): readonly RuleComplaint[] {
  const complaints: RuleComplaint[] = []
  if (targetsOf(then).length !== 1) {
    const known = Object.keys(HAPPENS_TO).join(', ')
    complaints.push({ pointer: '/then', detail: `'then' must have exactly one of: ${known}.` })
  }
  if (then.applied !== undefined && then.answer === undefined) {
    complaints.push({ pointer: '/then/applied', detail: "'applied' belongs to 'answer'." })
  }
  if (then.delay !== undefined) complaints.push(...complaintsOfDelay(then.delay))
  const others = Object.keys(match).filter((name) => name !== 'team')
  if (isAboutBuilds(then) && others.length > 0) {
    complaints.push({
      pointer: `/match/${others[0]}`,
      detail: `A fault of new builds is for a team or for all, and cannot match by '${others[0]}'.`,
    })
  }
  return complaints
}

function complaintsOfDelay({ milliseconds, from, to, normal }: FaultDelay): readonly RuleComplaint[] {
  const ways = [milliseconds !== undefined, from !== undefined || to !== undefined, normal !== undefined]
  if (ways.filter(Boolean).length !== 1 || (from === undefined) !== (to === undefined)) {
    return [{ pointer: '/then/delay', detail: "A delay is 'milliseconds', or 'from' and 'to', or 'normal'." }]
  }
  return from !== undefined && to !== undefined && from > to
    ? [{ pointer: '/then/delay/from', detail: "'from' must not be more than 'to'." }]
    : []
}
