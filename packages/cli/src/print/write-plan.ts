import { toPlanDocument } from './plan-document.ts'
import type { PlannedApp } from './planned-app.ts'
import { DATA_FORMATS, isDataFormat, writeData } from './write-data.ts'
import { writePlanMarkdown } from './write-plan-markdown.ts'
import { writePlanText } from './write-plan-text.ts'

/** How a verb that reports can print. What other verbs call `table` is text here. */
export const REPORT_FORMATS = ['text', 'table', ...DATA_FORMATS] as const

/** How a plan can be shown. */
export const PLAN_FORMATS = [...REPORT_FORMATS, 'markdown'] as const

export type PlanFormat = Exclude<(typeof PLAN_FORMATS)[number], 'table'>

export async function writePlan(
  apps: readonly PlannedApp[],
  format: PlanFormat,
  color: { readonly color: boolean },
): Promise<string> {
  if (isDataFormat(format)) return writeData(toPlanDocument(apps), format)
  return format === 'markdown' ? writePlanMarkdown(apps) : writePlanText(apps, color)
}
