import type { FaultRule } from '@clipflight/control'
import { useLanguage, useMessages } from '../../language/language.tsx'
import { messages } from './messages.ts'

/** Which requests, or builds, a rule is for. */
export function Matched({ match, then }: Pick<FaultRule, 'match' | 'then'>) {
  const say = useMessages(messages)
  const { method, path, operation, key } = match
  const said = [method, path, operation, key].filter((each) => each !== undefined)
  if (then.hideNewBuilds !== undefined || then.keepProcessing !== undefined) return <>{say('builds')}</>
  if (said.length === 0) return <>{say('everything')}</>
  return <code>{said.join(' ')}</code>
}

/** How often a rule strikes. */
export function HowOften({ when: { next, every, probability } }: Pick<FaultRule, 'when'>) {
  const say = useMessages(messages)
  const { language } = useLanguage()
  if (next !== undefined) return <>{say('next', { next })}</>
  if (every !== undefined) return <>{say('every', { every })}</>
  if (probability === undefined) return <>{say('always')}</>
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(probability)
  return <>{say('probability', { percent })}</>
}
