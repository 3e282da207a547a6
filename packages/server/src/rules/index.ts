import type { resources } from '@clipflight/contract'
import { betaAppClipInvocationRules } from './beta-app-clip-invocations.ts'
import { betaAppReviewSubmissionRules } from './beta-app-review-submissions.ts'
import { buildBetaDetailRules, buildRules } from './builds.ts'
import type { Rules } from './rule.ts'

const rules: Partial<Record<keyof typeof resources, Rules>> = {
  betaAppClipInvocations: betaAppClipInvocationRules,
  betaAppReviewSubmissions: betaAppReviewSubmissionRules,
  buildBetaDetails: buildBetaDetailRules,
  builds: buildRules,
}

/** The rules of a type; most have none beyond their definition. */
export function rulesOf(type: string): Rules {
  return new Map<string, Rules>(Object.entries(rules)).get(type) ?? {}
}
