import { writeYaml } from '@clipflight/yaml-text'
import type { WantedInvocation } from '../plan/invocation.ts'
import { SCHEMA_URL } from './file-schema.ts'
import { escapeTemplate } from './template.ts'

export interface AppInvocations {
  /** The app's bundle id. */
  readonly app: string
  readonly invocations: readonly WantedInvocation[]
}

/** A file that reads as these invocations, with the comment that lets editors check it. */
export function writeInvocationsFile(apps: readonly AppInvocations[]): string {
  const [only, ...others] = apps.map(writeApp)
  const content = only !== undefined && others.length === 0 ? only : { apps: apps.map(writeApp) }
  return `# yaml-language-server: $schema=${SCHEMA_URL}\n\n${writeYaml(content)}`
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
