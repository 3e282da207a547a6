export { performChanges, type Performed } from './apply/perform-changes.ts'
export { sendChange } from './apply/send-change.ts'
export { additionsTo, type Addition } from './plan/additions-to.ts'
export { applyChange, isLegal } from './plan/apply-change.ts'
export {
  countChanges,
  type Change,
  type ChangeCounts,
  type InvocationChange,
  type LocalizationChange,
  type TitleInLocale,
} from './plan/change.ts'
export { compareFacts, type BuildFacts, type FactChange } from './plan/compare-builds.ts'
export { compareInvocations, type Comparison } from './plan/compare-invocations.ts'
export { groupChanges, type InvocationGroup, type TitleChange } from './plan/group-changes.ts'
export {
  inOrderOfLocales,
  toWanted,
  type ActualInvocation,
  type ActualLocalization,
  type WantedInvocation,
} from './plan/invocation.ts'
export { MAX_INVOCATIONS } from './plan/limits.ts'
export { missingLocales } from './plan/missing-locales.ts'
export { titleGaps, type TitleGap } from './plan/title-gaps.ts'
export { countDone, type ChangeOutcome, type Outcome } from './plan/outcome.ts'
export { planChanges, type Plan, type PlanOptions } from './plan/plan-changes.ts'
