import type { Probe } from './probe.ts'
import { READING_PROBES } from './reading-probes.ts'
import { WRITING_PROBES } from './writing-probes.ts'

/** Every probe, in the order in which they run. */
export const PROBES: readonly Probe[] = [...READING_PROBES, ...WRITING_PROBES]

/** They as a Markdown table, for docs/fidelity.md. */
export function probesTable(): string {
  const rows = PROBES.map(({ id, rule, requests, expected }) => {
    const { method = '', path = '' } = requests.at(-1) ?? {}
    const answer = Object.entries(expected).map(([aspect, value]) => `${aspect} \`${value}\``)
    return `| \`${id}\` | ${rule} | \`${method} ${path}\` | ${answer.join(', ')} |`
  })
  return ['| Probe | Rule | Request | What Clipflight answers |', '|---|---|---|---|', ...rows].join('\n')
}
