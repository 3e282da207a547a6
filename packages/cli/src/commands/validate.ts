import type { InvocationsFile } from '@clipflight/plan/file'
import { Option, type Command } from 'commander'
import { CommandError } from '../command-error.ts'
import { EXIT_FAILED } from '../exit-codes.ts'
import { DEFAULT_PATH } from '../project/default-path.ts'
import { addExamples } from './options.ts'
import { addFileOption } from './plan-options.ts'

interface ValidateOptions {
  readonly file?: string
  readonly output?: 'text' | 'json'
}

/** The verb `validate`: checks the file without a network. */
export function addValidate(program: Command): void {
  const validate = program
    .command('validate')
    .summary('check the file, without a network')
    .description('Check the file, without a network: everything that is wrong with it, with line and column.')
  addFileOption(validate)
    .addOption(new Option('-o, --output <format>', 'how to print (default: text)').choices(['text', 'json']))
    .action((options: ValidateOptions) => runValidate(options))
  addExamples(
    validate,
    ['validate', 'clipflight.yaml in this folder'],
    ['validate --file ios/clipflight.yaml --output json', 'for a program'],
  )
}

async function runValidate({ file: path = DEFAULT_PATH, output }: ValidateOptions): Promise<void> {
  const { openFile } = await import('../project/open-file.ts')
  if (output !== 'json') {
    process.stdout.write(`${path} is sound: ${describe(openFile(path))}\n`)
    return
  }
  try {
    openFile(path)
    writeJson({ valid: true, file: path, problems: [] })
  } catch (error) {
    // What is wrong with the file is the result here, and no failure to have one.
    const problems = error instanceof CommandError ? error.facts['problems'] : undefined
    if (problems === undefined) throw error
    writeJson({ valid: false, file: path, problems })
    process.exitCode = EXIT_FAILED
  }
}

function writeJson(result: object): void {
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`)
}

function describe({ apps }: InvocationsFile): string {
  const count = apps.flatMap(({ invocations }) => invocations).length
  return `${countOf(apps.length, 'app')}, ${countOf(count, 'invocation')}`
}

function countOf(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
