import type { Command } from 'commander'
import type { PreparedApp } from '../apply/prepared-app.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addExamples } from './options.ts'
import {
  addDetailedExitcodeOption,
  addPlanOptions,
  addPlanOutputOption,
  EXIT_CHANGES,
  planFormat,
  type PlanOptions,
} from './plan-options.ts'

interface PlanVerbOptions extends PlanOptions {
  readonly out?: string
  readonly detailedExitcode?: boolean
}

/** The verb `plan`: shows what `apply` would do. */
export function addPlan(program: Command): void {
  const plan = program
    .command('plan')
    .description('Show what would make a build have the invocations of the file. Nothing is changed.')
  addPlanOutputOption(addPlanOptions(plan)).option('--out <file>', 'save the plan for `clipflight apply <file>`')
  addDetailedExitcodeOption(plan).action((options: PlanVerbOptions) => runPlan(options))
  addExamples(
    plan,
    ['plan', 'for the newest build of the app in clipflight.yaml'],
    ['plan --build 42 --out plan.json', 'for build 42, saved for `clipflight apply plan.json`'],
    ['plan --output markdown --detailed-exitcode', 'in CI: for a comment, and 2 when something would change'],
  )
}

async function runPlan(options: PlanVerbOptions): Promise<void> {
  const [
    { openFile },
    { chooseApps, prepareApps },
    { hasChanges, showPlan, tellGitHub },
    { refuseProblems },
    { withService },
  ] = await Promise.all([
    import('../project/open-file.ts'),
    import('../apply/prepare-apps.ts'),
    import('../apply/show-plan.ts'),
    import('../apply/check-plan.ts'),
    import('./with-service.ts'),
  ])
  const file = openFile(options.file ?? DEFAULT_PATH)
  const chosen = chooseApps(file, options)
  await withService(options, async (service) => {
    const apps = await prepareApps(service, chosen, options, file.path)
    service.progress.stop()
    await showPlan(apps, planFormat(options), process.stdout)
    tellGitHub(apps)
    refuseProblems(apps)
    if (options.out !== undefined) await savePlan(options.out, apps, options)
    if (options.detailedExitcode === true && hasChanges(apps)) process.exitCode = EXIT_CHANGES
  })
}

async function savePlan(path: string, apps: readonly PreparedApp[], connection: ConnectionOptions): Promise<void> {
  const [{ replaceFile }, { writeSavedPlan }, { toBundlePlan }, { CONNECTION, repeatFlags }, { toShellWord }] =
    await Promise.all([
      import('../project/replace-file.ts'),
      import('../plan/saved-plan.ts'),
      import('../apply/prepared-app.ts'),
      import('./repeat-flags.ts'),
      import('../shell-word.ts'),
    ])
  // A plan is made for once: the one before is of no use any more.
  await replaceFile(path, writeSavedPlan(apps.map(toBundlePlan)))
  const apply = await repeatFlags(`clipflight apply ${toShellWord(path)}`, connection, CONNECTION)
  process.stderr.write(`Saved. Apply it: ${apply}\n`)
}
