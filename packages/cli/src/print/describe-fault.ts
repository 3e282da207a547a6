import type { FaultMatch, FaultThen, FaultWhen } from '@clipflight/control'

/** Which requests a fault is for, in words. */
export function describeMatch({ team, key, method, path, operation }: FaultMatch): string {
  const parts = [
    method,
    path,
    operation,
    key === undefined ? undefined : `key ${key}`,
    team === undefined ? undefined : `team ${team}`,
  ]
  return parts.filter((part) => part !== undefined).join(' ') || 'all'
}

/** How often it strikes, in words. */
export function describeWhen({ next, every, probability }: FaultWhen): string {
  if (next !== undefined) return next === 1 ? 'the next' : `the next ${next}`
  if (every !== undefined) return every === 1 ? 'always' : `one in ${every}`
  return probability === undefined ? 'always' : `${Math.round(probability * 100)} % by chance`
}

/** What it does, in words. */
export function describeThen({
  answer,
  applied,
  delay,
  cut,
  truncate,
  hideNewBuilds,
  keepProcessing,
}: FaultThen): string {
  if (answer !== undefined) {
    const kind = answer.html === undefined ? (answer.code ?? '') : 'HTML'
    return `${answer.status} ${kind}${applied === true ? ', carried out' : ''}`.replace(/ (?=,|$)/, '')
  }
  if (delay !== undefined) return `wait ${describeDelay(delay)}`
  if (cut !== undefined) return `cut the connection ${cut} it`
  if (truncate !== undefined) return `cut the answer after ${truncate} bytes`
  if (hideNewBuilds !== undefined) return `hide new builds from writes for ${hideNewBuilds.seconds} s`
  return keepProcessing === true ? 'leave new builds in processing' : ''
}

function describeDelay({ milliseconds, from, to, normal }: NonNullable<FaultThen['delay']>): string {
  if (milliseconds !== undefined) return `${milliseconds} ms`
  if (normal !== undefined) return `${normal.mean} ms, give or take ${normal.deviation}`
  return `${from} to ${to} ms`
}
