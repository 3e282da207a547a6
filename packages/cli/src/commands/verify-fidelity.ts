import { Option, type Command } from 'commander'
import { ID_FORM } from '@clipflight/contract'
import { wrongUsage } from '../command-error.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { addConnectionOptions, addExamples } from './options.ts'
import {
  addDetailedExitcodeOption,
  addPlanOutputOption,
  EXIT_CHANGES,
  planFormat,
  type PlanOutputOptions,
} from './plan-options.ts'
import { addTimeoutOption } from './timeout-option.ts'

interface VerifyOptions extends ConnectionOptions, PlanOutputOptions {
  readonly bundle?: string
  readonly otherBundle?: string
  readonly yes?: boolean
  readonly timeout: number
  readonly withAnswers?: boolean
  readonly detailedExitcode?: boolean
}

const LIST_BUNDLES = 'clipflight bundles list --app APP -o json'

/** The verb `verify-fidelity`: asks a service what Clipflight guesses. */
export function addVerifyFidelity(program: Command): void {
  const verify = program
    .command('verify-fidelity')
    .description(
      'Ask a service what Clipflight imitates or guesses, and show where it answers otherwise. Without --bundle only what can be read is asked. With it, invocations are made and deleted on that App Clip, which is as before afterwards.',
    )
    .addOption(new Option('--bundle <id>', 'id of an App Clip in a build to write to').argParser(toId('--bundle')))
    .addOption(
      new Option('--other-bundle <id>', 'id of a bundle that is no App Clip, to try to write to').argParser(
        toId('--other-bundle'),
      ),
    )
    .option('--yes', 'do not ask before writing')
    .option('--with-answers', 'show bodies of answers too; they hold ids, and may hold names')
  addTimeoutOption(verify, { description: 'how long to wait for an answer', usual: '20s' })
  addConnectionOptions(addDetailedExitcodeOption(addPlanOutputOption(verify))).action((options: VerifyOptions) =>
    runVerify(options),
  )
  addExamples(
    verify,
    ['verify-fidelity', 'what can be asked without changing anything'],
    [
      'verify-fidelity --bundle 0199d4c2-... --output markdown > report.md',
      `all, as a report for an issue; \`${LIST_BUNDLES}\` has the id`,
    ],
  )
}

async function runVerify(options: VerifyOptions): Promise<void> {
  const [{ verifyFidelity }, { withService }] = await Promise.all([
    import('../fidelity/verify-fidelity.ts'),
    import('./with-service.ts'),
  ])
  const { bundle, otherBundle, yes, timeout, withAnswers = false, detailedExitcode } = options
  if (otherBundle !== undefined && bundle === undefined) throw wrongUsage('--other-bundle is of use with --bundle only')
  const pace = { pacing: true, tryTimeoutMilliseconds: timeout }
  await withService(
    options,
    async (service) => {
      const differs = await verifyFidelity(service, {
        ...(bundle === undefined ? {} : { bundle }),
        ...(otherBundle === undefined ? {} : { otherBundle }),
        isApproved: yes === true,
        format: planFormat(options),
        withAnswers,
        pace,
      })
      if (detailedExitcode === true && differs) process.exitCode = EXIT_CHANGES
    },
    pace,
  )
  if (bundle === undefined) await sayHowToNameOne(options)
}

async function sayHowToNameOne(connection: ConnectionOptions): Promise<void> {
  const { CONNECTION, repeatFlags } = await import('./repeat-flags.ts')
  const list = await repeatFlags(LIST_BUNDLES, connection, CONNECTION)
  process.stderr.write(`What has to be written was not asked: --bundle names an App Clip for it. Ids: ${list}\n`)
}

function toId(flag: string): (text: string) => string {
  return (text) => {
    if (ID_FORM.test(text)) return text
    throw wrongUsage(`${flag} must be an id, as \`${LIST_BUNDLES}\` prints it, not '${text}'`)
  }
}
