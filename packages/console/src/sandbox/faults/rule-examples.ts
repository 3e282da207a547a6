import type { FaultCreation, FaultThen } from '@clipflight/control'

/** Rules to start from, one for each thing that can happen. */
export const RULE_EXAMPLES = {
  answer: {
    match: { method: 'POST', path: '/v1/betaAppClipInvocations' },
    when: { next: 2 },
    then: { answer: { status: 500 }, applied: true },
  },
  delay: { match: { method: 'GET' }, when: { every: 3 }, then: { delay: { from: 500, to: 4000 } } },
  cut: { match: { path: '/v1/**' }, when: { probability: 0.1 }, then: { cut: 'after' } },
  truncate: { match: { operation: 'builds_getCollection' }, when: { next: 1 }, then: { truncate: 100 } },
  hideNewBuilds: { then: { hideNewBuilds: { seconds: 30 } } },
  keepProcessing: { when: { next: 1 }, then: { keepProcessing: true } },
} as const satisfies Readonly<Partial<Record<keyof FaultThen, FaultCreation>>>

export type RuleExample = keyof typeof RULE_EXAMPLES

export function writeExample(name: RuleExample): string {
  return JSON.stringify(RULE_EXAMPLES[name], undefined, 2)
}
