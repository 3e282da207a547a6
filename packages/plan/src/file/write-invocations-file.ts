import { writeYaml } from '@clipflight/yaml-text'
import type { WantedInvocation } from '../plan/invocation.ts'
import { SCHEMA_PATH } from './file-schema.ts'
import { escapeTemplate } from './template.ts'

export interface AppInvocations {
  /** The app's bundle id. */
  readonly app: string
  readonly invocations: readonly WantedInvocation[]
}

/** Lets editors with a YAML language server complete and check a file. */
export const SCHEMA_COMMENT = `# yaml-language-server: $schema=${SCHEMA_PATH}\n`

/** A file that reads as these invocations, with the comment that lets editors check it. */
export function writeInvocationsFile(apps: readonly AppInvocations[]): string {
  return `${SCHEMA_COMMENT}\n${writeYaml(toFileContent(apps))}`
}

/** What such a file holds: one app, or several. */
export function toFileContent(apps: readonly AppInvocations[]): unknown {
  const [only, ...others] = apps.map(writeApp)
  return only !== undefined && others.length === 0 ? only : { apps: apps.map(writeApp) }
}

function writeApp({ app, invocations }: AppInvocations): unknown {
  return {
    app,
    invocations: invocations.map(({ url, titles }) => ({
      url: escapeTemplate(url),
      title: Object.fromEntries(Object.entries(titles).map(([locale, title]) => [locale, escapeTemplate(title)])),
    })),
  }
}
