import type { Command } from 'commander'
import { addExamples } from './options.ts'

/** The verb `schema`: prints the JSON Schema of the file. */
export function addSchema(program: Command): void {
  const schema = program
    .command('schema')
    .description(
      'Print the JSON Schema of clipflight.yaml. Where the command is installed in the project, editors find it there; otherwise save it beside the file, and name it in the comment of its first line.',
    )
    .action(async () => {
      process.stdout.write((await import('@clipflight/plan/file')).fileSchemaText())
    })
  addExamples(schema, [
    'schema > clipflight.schema.json',
    'for a file that begins with `# yaml-language-server: $schema=./clipflight.schema.json`',
  ])
}
