import { hasColor } from '../terminal/has-color.ts'
import { writePlan, type PlanFormat } from '../print/write-plan.ts'
import { writePlanMarkdown } from '../print/write-plan-markdown.ts'
import { addToSummary, setStepOutput } from '../project/github-actions.ts'
import type { PlannedApp } from '../print/planned-app.ts'

/** Prints a plan. */
export async function showPlan(
  apps: readonly PlannedApp[],
  format: PlanFormat,
  stream: NodeJS.WriteStream,
): Promise<void> {
  stream.write(await writePlan(apps, format, { color: hasColor(stream) }))
}

/** In GitHub Actions: the plan in the summary of the run, with what became of it, and whether it changes anything. */
export function tellGitHub(apps: readonly PlannedApp[], result = ''): void {
  addToSummary(process.env, `${writePlanMarkdown(apps)}\n${result}`)
  setStepOutput(process.env, 'has_changes', String(hasChanges(apps)))
}

export function hasChanges(apps: readonly PlannedApp[]): boolean {
  return apps.some(({ plan }) => plan.changes.length > 0)
}
