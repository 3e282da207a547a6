import { Option, type Command } from 'commander'
import type { ControlOptions, FoundControl } from '../../control/find-control.ts'
import type { NameOf } from '../../control/explain-control-failure.ts'
import type { ControlClient } from '../../control/open-control.ts'
import type { OutputFormat } from '../../terminal/output-format.ts'
import type { Printer } from '../../terminal/printer.ts'
import type { Progress } from '../../terminal/progress.ts'
import { addOutputOption, type OutputOptions } from '../options.ts'
import { CONTROLLED, repeatingFlags } from '../repeat-flags.ts'

/** What a verb that controls a service works with. */
export interface Controlled {
  readonly control: ControlClient
  readonly found: FoundControl
  readonly printer: Printer
  readonly format: OutputFormat
  readonly progress: Progress
  /** Asks for a yes before something is lost, unless it was said. */
  confirm(question: string, { yes }: YesOptions): Promise<void>
}

/** What the command line says of the team, by number or name. */
export interface TeamOptions {
  readonly team?: string
}

export interface YesOptions {
  readonly yes?: true
}

type Run<O, C = Controlled> = (controlled: C, options: O, args: readonly string[]) => Promise<void>

const CONTROL_HEADING = 'Which service:'

/** Gives a verb the options that say which service is controlled, and `--output`, and runs it. What fails is explained. */
export function controlled<O>(command: Command, run: Run<O & ControlOptions>): Command {
  return controlledWithOwnOutput<O & OutputOptions>(addOutputOption(command), run)
}

/** The same for a verb that is about one team: adds `--team`, and finds the team before it runs. */
export function controlledTeam<O>(
  command: Command,
  run: Run<O & ControlOptions, Controlled & { readonly team: number }>,
): Command {
  command.option('--team <team>', 'number or name of the team, where there are several')
  return controlled<O & TeamOptions>(command, async (service, options, args) => {
    const { findTeam } = await import('../../control/find-team.ts')
    const { team } = await findTeam(service.control, options.team)
    await run({ ...service, team }, options, args)
  })
}

/** The same for a verb that prints in one form. */
export function controlledWithOwnOutput<O>(command: Command, run: Run<O & ControlOptions>): Command {
  const options = [
    new Option('--data-dir <directory>', 'where it keeps its data (default: .clipflight, env: CLIPFLIGHT_DATA_DIR)'),
    new Option('--url <url>', 'its address, with the admin token in CLIPFLIGHT_ADMIN_TOKEN (env: CLIPFLIGHT_URL)'),
  ]
  for (const option of options) command.addOption(option.helpGroup(CONTROL_HEADING))
  return command.action(() => work(command, run))
}

async function work<O>(command: Command, run: Run<O & ControlOptions>): Promise<void> {
  const [{ findControl }, { openControl }, { createPrinter }, { chooseFormat }, { startProgress }] = await Promise.all([
    import('../../control/find-control.ts'),
    import('../../control/open-control.ts'),
    import('../../terminal/printer.ts'),
    import('../../terminal/output-format.ts'),
    import('../../terminal/progress.ts'),
  ])
  const options = command.opts<O & ControlOptions & OutputOptions>()
  const { stdout, stderr, env } = process
  const format = chooseFormat(options.output, env, stdout.isTTY)
  const found = await repeatingFlags(options, () => findControl(options, env), { members: CONTROLLED })
  const { control, explain } = openControl(found, namesIn(command))
  const progress = startProgress(`Asking ${new URL(found.url).host} …`, stderr, env)
  const printer = createPrinter(format, { stdout, stderr, beforePrinting: progress.stop })
  const controlling = { control, found, printer, format, progress, confirm: confirming(progress) }
  try {
    await repeatingFlags(options, () => run(controlling, options, command.args), { members: CONTROLLED, explain })
  } finally {
    progress.stop()
  }
}

/** The option or argument that was typed for a member: they are named as the members that they fill. */
function namesIn(command: Command): NameOf {
  const options = command.opts<Readonly<Record<string, unknown>>>()
  const places = command.registeredArguments.map((argument) => argument.name())
  return (pointer) => {
    const path = pointer.split('/')
    const [member = ''] = path.slice(-1)
    const at = path.findLastIndex((each) => options[each] !== undefined)
    if (at !== -1) {
      const flag = `--${path[at]?.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
      // What the option says has parts, as a time has seconds.
      return [flag, ...path.slice(at + 1)].join(' ')
    }
    if (places.includes(member)) return `<${member}>`
    // What is typed without a name fills the whole of a request, where nothing else was typed.
    return places.length === 1 && command.args.length === 1 && pointer === `/${member}` ? `<${places[0]}>` : pointer
  }
}

function confirming(progress: Progress): Controlled['confirm'] {
  return async (question, { yes }) => {
    // It would be drawn over the question.
    progress.stop()
    const { confirm } = await import('../../terminal/ask.ts')
    await confirm(question, yes)
  }
}

/** Adds `--yes`. */
export function addYesOption(command: Command): Command {
  return command.option('-y, --yes', 'without asking')
}
