import type { Command } from 'commander'
import type { PreparedApp } from '../apply/prepared-app.ts'
import { failed, wrongUsage } from '../command-error.ts'
import { toShellWord } from '../shell-word.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addExamples } from './options.ts'
import { addApprovalOption, addPlanOptions, addPlanOutputOption, planFormat, type PlanOptions } from './plan-options.ts'

interface ApplyVerbOptions extends PlanOptions {
  readonly autoApprove?: boolean
}

/** What a saved plan has settled. */
const SETTLED = ['file', 'app', 'build', 'version', 'platform', 'bundle', 'prune', 'wait'] as const

const SAVED_BY = 'A plan is saved by `clipflight plan --out FILE`; a clipflight.yaml is named with --file.'

/** The verb `apply`: makes a build have the invocations of the file. */
export function addApply(program: Command): void {
  const apply = program
    .command('apply')
    .description(
      'Make a build have the invocations of the file: show what that changes, ask, and change it. A saved plan is applied without asking, unless the build changed since it was made.',
    )
    .argument('[file]', 'a plan saved by `clipflight plan --out`')
  addApprovalOption(addPlanOutputOption(addPlanOptions(apply))).action(
    (path: string | undefined, options: ApplyVerbOptions) =>
      path === undefined ? applyFile(options) : applySavedPlan(path, options),
  )
  addExamples(
    apply,
    ['apply', 'to the newest build of the app in clipflight.yaml, after a yes'],
    ['apply --build 42 --wait --auto-approve', 'in CI, behind an upload'],
    ['apply plan.json', 'what `clipflight plan --out plan.json` saved'],
  )
}

async function applyFile(options: ApplyVerbOptions): Promise<void> {
  const [{ openFile }, { chooseApps, prepareApps }, { applyApps, requireApproval }, { withService }] =
    await Promise.all([
      import('../project/open-file.ts'),
      import('../apply/prepare-apps.ts'),
      import('../apply/apply-apps.ts'),
      import('./with-service.ts'),
    ])
  requireApproval(options.autoApprove, 'apply')
  const file = openFile(options.file ?? DEFAULT_PATH)
  const chosen = chooseApps(file, options)
  await withService(options, async (service) => {
    const apps = await prepareApps(service, chosen, options, file.path)
    await applyApps(service, apps, {
      format: planFormat(options),
      isApproved: options.autoApprove === true,
      advice: 'Apply again: it makes what is left.',
    })
  })
}

async function applySavedPlan(path: string, options: ApplyVerbOptions): Promise<void> {
  const given = SETTLED.find((name) => options[name] !== undefined)
  // A time to wait says to wait, and may be all that was typed.
  const flag = given === 'wait' ? '--wait or --timeout' : `--${given}`
  if (given !== undefined) throw wrongUsage(`${flag} does not go with a saved plan, which has settled it`)
  const [{ applyApps }, { refuseStalePlans }, { withService }] = await Promise.all([
    import('../apply/apply-apps.ts'),
    import('../apply/check-plan.ts'),
    import('./with-service.ts'),
  ])
  const apps = await readPlan(path)
  await withService(options, async (service) => {
    await refuseStalePlans(
      service,
      apps,
      `Make the plan again, with the options that it was made with: clipflight plan --out ${toShellWord(path)}`,
    )
    await applyApps(service, apps, {
      format: planFormat(options),
      isApproved: true,
      advice: 'Make the plan again: it is what is left.',
    })
  })
}

async function readPlan(path: string): Promise<readonly PreparedApp[]> {
  const [{ readFileText }, { readSavedPlan, SavedPlanRefused }, { fromBundlePlan }] = await Promise.all([
    import('../project/open-file.ts'),
    import('../plan/saved-plan.ts'),
    import('../apply/prepared-app.ts'),
  ])
  try {
    return readSavedPlan(readFileText(path, SAVED_BY)).bundles.map(fromBundlePlan)
  } catch (error) {
    if (!(error instanceof SavedPlanRefused)) throw error
    throw failed(`${path} cannot be applied: ${error.message}`, SAVED_BY)
  }
}
