import type { FileProblem } from '@clipflight/yaml-text'

/** Workflow commands that make GitHub show each problem at its line. https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions */
export function writeAnnotations(path: string, problems: readonly FileProblem[]): string {
  return problems
    .map(({ line, column, reason }) => {
      const place = `file=${escapeProperty(path)},line=${line},col=${column}`
      return `::error ${place},title=${escapeProperty('Clipflight')}::${escapeMessage(reason)}\n`
    })
    .join('')
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
