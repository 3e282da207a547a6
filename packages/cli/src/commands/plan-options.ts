import { Option, type Command } from 'commander'
import type { PrepareOptions } from '../apply/prepare-apps.ts'
import type { ConnectionOptions } from '../connection/key-sources.ts'
import { chooseFormat, OUTPUT_VARIABLE } from '../terminal/output-format.ts'
import { PLAN_FORMATS, type PlanFormat } from '../print/write-plan.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addBuildOption, addBundleOption, BUILD_HEADING } from '../target/options.ts'
import { addConnectionOptions } from './options.ts'
import { addTimeoutOption } from './timeout-option.ts'

/** What `plan` and `apply` take. */
export interface PlanOptions extends PrepareOptions, ConnectionOptions, PlanOutputOptions {
  readonly file?: string
}

export interface PlanOutputOptions {
  readonly output?: (typeof PLAN_FORMATS)[number]
}

/** Adds `--file`. */
export function addFileOption(command: Command): Command {
  return command.option('-f, --file <file>', `the file (default: ${DEFAULT_PATH})`)
}

/** Adds everything that a plan is made by. */
export function addPlanOptions(command: Command): Command {
  addFileOption(command).option('--prune', 'delete invocations of the build that are not in the file')
  const app = new Option('--app <app>', 'only this app of the file, by its bundle id')
  addBundleOption(addBuildOption(command.addOption(app.helpGroup(BUILD_HEADING))))
  return addConnectionOptions(addWaitOptions(command))
}

/** Adds `--wait` and `--timeout`. */
export function addWaitOptions(command: Command): Command {
  return addTimeoutOption(command.option('--wait', 'wait for a build that is still processed, or not there yet'), {
    description: 'how long to wait, such as 90s, 30m or 2h; says --wait too',
    usual: '1h',
    implied: { wait: true },
  })
}

/** Adds `--output` for plans. */
export function addPlanOutputOption(command: Command): Command {
  return addReportOutputOption(command, PLAN_FORMATS)
}

/** Adds `--output` for what is text unless said otherwise. */
export function addReportOutputOption(command: Command, formats: readonly string[]): Command {
  const option = new Option(
    '-o, --output <format>',
    `how to print: text, which table is too, unless said (env: ${OUTPUT_VARIABLE})`,
  )
  return command.addOption(option.choices(formats))
}

/** Adds `--auto-approve`. */
export function addApprovalOption(command: Command): Command {
  return command.option('--auto-approve', 'do not ask')
}

/** What the option says, or else the variable; text without either, also where nobody looks. */
export function planFormat({ output }: PlanOutputOptions): PlanFormat {
  // Other verbs do not know it.
  const isMarkdown = output === undefined && process.env[OUTPUT_VARIABLE] === 'markdown'
  const format = isMarkdown ? 'markdown' : (output ?? chooseFormat(undefined, process.env, true))
  return format === 'table' ? 'text' : format
}

/** What `--detailed-exitcode` ends with when there is something to change, as Terraform has it. */
export const EXIT_CHANGES = 2

/** Adds `--detailed-exitcode`. */
export function addDetailedExitcodeOption(command: Command): Command {
  return command.option('--detailed-exitcode', 'end with 0 for no changes, 1 for an error, 2 for changes')
}
