import { performChanges, type ChangeOutcome, type Performed } from '@clipflight/plan'
import { askForYes, isInteractive } from '../terminal/ask.ts'
import { wrongUsage } from '../command-error.ts'
import { paintFor } from '../terminal/has-color.ts'
import { toAppliedDocument } from '../print/plan-document.ts'
import { isDataFormat, writeData } from '../print/write-data.ts'
import { writePlanMarkdown } from '../print/write-plan-markdown.ts'
import { summarize } from '../print/write-outcome.ts'
import type { PlanFormat } from '../print/write-plan.ts'
import { refuseProblems, refuseStalePlans } from './check-plan.ts'
import { explainStop } from './explain-stop.ts'
import type { Look } from './find-target.ts'
import type { PreparedApp } from './prepared-app.ts'
import { createReporter } from './reporter.ts'
import { hasChanges, showPlan, tellGitHub } from './show-plan.ts'
import { watchForStop } from './watch-for-stop.ts'

export interface ApplyOptions {
  readonly format: PlanFormat
  /** Whether nobody has to be asked. */
  readonly isApproved: boolean
  /** What to do when it ends half-way. */
  readonly advice: string
}

/** What applying takes: looking around, and a way to explain what fails. */
export interface Workbench extends Look {
  readonly explain: (error: unknown) => unknown
}

/** Throws where nobody can be asked and nobody has said yes, before anything is read. */
export function requireApproval(isApproved: boolean | undefined, verb: 'apply' | 'copy'): void {
  if (isApproved === true || isInteractive(process.env)) return
  throw wrongUsage(
    `Nobody can be asked here whether to ${verb}`,
    `Say so with --auto-approve${verb === 'apply' ? ', or apply a saved plan' : ''}.`,
  )
}

/** Shows the plans, asks, and makes their changes. Throws when not all were made, with what was and what was not. */
export async function applyApps(bench: Workbench, apps: readonly PreparedApp[], options: ApplyOptions): Promise<void> {
  const { format, isApproved, advice } = options
  const isAsked = !isApproved && hasChanges(apps)
  bench.progress.stop()
  if (format === 'text') await showPlan(apps, format, process.stdout)
  // The output is for programs then, and has the result at its end; who is asked sees the plan all the same.
  else if (isAsked) await showPlan(apps, 'text', process.stderr)
  refuseProblems(apps)
  if (isAsked) {
    await askForYes('\nApply these changes?')
    bench.progress.resume()
    await refuseStalePlans(bench, apps, 'Run the same command again, to see what it would do now.')
    bench.progress.stop()
  }
  const performed = await perform(bench, apps, format)
  const { outcomes } = performed
  await report(apps, outcomes, format)
  if (outcomes.some(({ outcome }) => outcome !== 'done')) throw explainStop(performed, bench.explain, advice)
}

function perform(
  { client }: Workbench,
  apps: readonly PreparedApp[],
  format: PlanFormat,
): Promise<Performed & { readonly wish?: NodeJS.Signals | undefined }> {
  const reporter = createReporter(apps.flatMap(({ plan }) => plan.changes).length, format)
  return watchForStop(async (watch) => {
    const performed = await performChanges(client, apps, watch, reporter)
    reporter.end()
    return { ...performed, wish: watch.wish }
  }, reporter.onWish)
}

async function report(
  apps: readonly PreparedApp[],
  outcomes: readonly ChangeOutcome[],
  format: PlanFormat,
): Promise<void> {
  const sentence = outcomes.length === 0 ? '' : summarize(outcomes)
  if (isDataFormat(format)) process.stdout.write(await writeData(toAppliedDocument(apps, outcomes), format))
  else if (format === 'markdown') process.stdout.write(`${writePlanMarkdown(apps)}\n${sentence}\n`)
  else if (sentence !== '' && outcomes.every(({ outcome }) => outcome === 'done'))
    process.stdout.write(`\n${paintFor(process.stdout).add(sentence)}\n`)
  tellGitHub(apps, sentence)
}
