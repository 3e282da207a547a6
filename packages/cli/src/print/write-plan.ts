import type { PlannedApp } from './planned-app.ts'
import { writePlanJson } from './write-plan-json.ts'
import { writePlanMarkdown } from './write-plan-markdown.ts'
import { writePlanText } from './write-plan-text.ts'

/** How a plan can be shown. */
export const PLAN_FORMATS = ['text', 'markdown', 'json'] as const

export type PlanFormat = (typeof PLAN_FORMATS)[number]

export function writePlan(apps: readonly PlannedApp[], format: PlanFormat, color: { readonly color: boolean }): string {
  if (format === 'json') return writePlanJson(apps)
  return format === 'markdown' ? writePlanMarkdown(apps) : writePlanText(apps, color)
}
