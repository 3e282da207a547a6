import { toWanted } from '@clipflight/plan'
import { Option, type Command } from 'commander'
import type { WaitOptions } from '../apply/find-target.ts'
import { notFound, wrongUsage } from '../command-error.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { nameTarget } from '../print/planned-app.ts'
import { addAppOption } from '../target/options.ts'
import { addConnectionOptions, addExamples } from './options.ts'
import {
  addApprovalOption,
  addPlanOutputOption,
  addWaitOptions,
  planFormat,
  type PlanOutputOptions,
} from './plan-options.ts'

interface CopyOptions extends ConnectionOptions, PlanOutputOptions, WaitOptions {
  readonly app?: string
  readonly from: string
  readonly to: string
  readonly bundle?: string
  readonly prune?: boolean
  readonly autoApprove?: boolean
}

/** The verb `copy`: carries the invocations of one build over to another. */
export function addCopy(program: Command): void {
  const copy = program
    .command('copy')
    .description('Make a build have the invocations of another one: show what that changes, ask, and change it.')
    .requiredOption('--from <build>', 'number or id of the build that has them, or latest')
    .addOption(new Option('--to <build>', 'number or id of the build to have them').default('latest'))
    .option('--bundle <bundle>', 'bundle id of the App Clip, where a build has several')
    .option('--prune', 'delete invocations that the other build does not have')
  addWaitOptions(addAppOption(copy))
  addConnectionOptions(addApprovalOption(addPlanOutputOption(copy))).action((options: CopyOptions) => runCopy(options))
  addExamples(
    copy,
    ['copy --app com.example.coffee --from 41 --to 42', 'after a yes'],
    ['copy --app com.example.coffee --from 41 --to 42 --wait --auto-approve', 'in CI, behind an upload'],
  )
}

async function runCopy(options: CopyOptions): Promise<void> {
  const [{ findTarget, warnOfTesters }, { prepare }, { readTarget }, { applyApps, requireApproval }, { withService }] =
    await Promise.all([
      import('../apply/find-target.ts'),
      import('../apply/prepared-app.ts'),
      import('../apply/read-bundle.ts'),
      import('../apply/apply-apps.ts'),
      import('./with-service.ts'),
    ])
  const { from, to, wait, autoApprove, ...named } = options
  requireApproval(autoApprove, 'copy')
  await withService(options, async (service) => {
    const { client, warn } = service
    const source = await findTarget(service, { ...named, build: from })
    const wanted = (await readTarget(client, source, warn)).map(toWanted)
    if (wanted.length === 0) throw notFound(`${source.app} has no invocations to copy in ${nameTarget(source)}`)
    const target = await findTarget(service, {
      ...named,
      app: source.app,
      build: to,
      ...(wait === undefined ? {} : { wait }),
    })
    if (target.buildBundle === source.buildBundle)
      throw wrongUsage(`--from and --to are one and the same ${nameTarget(source)}`)
    const prepared = prepare(target, wanted, await readTarget(client, target, warn), options)
    warnOfTesters(warn, target, wanted)
    await applyApps(service, [prepared], {
      format: planFormat(options),
      isApproved: autoApprove === true,
      advice: 'Copy again: it makes what is left.',
    })
  })
}
