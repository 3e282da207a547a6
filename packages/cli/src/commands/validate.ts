import type { InvocationsFile } from '@clipflight/plan/file'
import type { Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { isDataFormat, writeData } from '../print/write-data.ts'
import { REPORT_FORMATS } from '../print/write-plan.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addExamples } from './options.ts'
import { addFileOption, addReportOutputOption, planFormat, type PlanOutputOptions } from './plan-options.ts'

interface ValidateOptions extends PlanOutputOptions {
  readonly file?: string
}

/** The verb `validate`: checks the file without a network. */
export function addValidate(program: Command): void {
  const validate = program
    .command('validate')
    .description('Check the file, without a network: everything that is wrong with it, with line and column.')
  addReportOutputOption(addFileOption(validate), REPORT_FORMATS).action((options: ValidateOptions) =>
    runValidate(options),
  )
  addExamples(
    validate,
    ['validate', 'clipflight.yaml in this folder'],
    ['validate --file ios/clipflight.yaml --output json', 'for a program'],
  )
}

async function runValidate({ file: path = DEFAULT_PATH, ...options }: ValidateOptions): Promise<void> {
  const { openFile } = await import('../project/open-file.ts')
  const format = planFormat(options)
  if (!isDataFormat(format)) {
    const file = openFile(path)
    process.stdout.write(`${path} is sound: ${describe(file)}\n`)
    await warnOfFile(file)
    return
  }
  const { file, problems = [] } = inspect(() => openFile(path))
  process.stdout.write(await writeData({ valid: file !== undefined, file: path, problems }, format))
  if (file === undefined) process.exitCode = EXIT_FAILED
  else await warnOfFile(file)
}

/** What is not wrong, and may not be meant. */
async function warnOfFile({ apps }: InvocationsFile): Promise<void> {
  const [{ asWritten }, { warnOfGaps }, { warnOnceOn }] = await Promise.all([
    import('@clipflight/plan/file'),
    import('../apply/warn-of-gaps.ts'),
    import('../terminal/print-error.ts'),
  ])
  const warn = warnOnceOn(process.stderr)
  for (const app of apps) warnOfGaps(warn, app.app, asWritten(app))
}

/** What is wrong with the file is the result here, and no failure to have one. */
function inspect(open: () => InvocationsFile): { readonly file?: InvocationsFile; readonly problems?: unknown } {
  try {
    return { file: open() }
  } catch (error) {
    const problems = error instanceof CommandError ? error.facts['problems'] : undefined
    if (problems === undefined) throw error
    return { problems }
  }
}

function describe({ apps }: InvocationsFile): string {
  const count = apps.flatMap(({ invocations }) => invocations).length
  return `${countOf(apps.length, 'app')}, ${countOf(count, 'invocation')}`
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
