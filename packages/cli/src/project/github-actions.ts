import { appendFileSync } from 'node:fs'
import type { FileProblem } from '@clipflight/yaml-text'
import { codeOf } from '../command-error.ts'
import { writeAnnotations } from '../print/write-annotations.ts'

/** Whether a GitHub Actions workflow runs this. */
function isGitHubActions(environment: NodeJS.ProcessEnv): boolean {
  return environment['GITHUB_ACTIONS'] === 'true'
}

/** GitHub shows ten of a step. */
const MOST_ANNOTATIONS = 50

/** Shows each problem at its line in the pull request. On standard error, so that the output stays what it is. */
export function annotate(environment: NodeJS.ProcessEnv, path: string, problems: readonly FileProblem[]): void {
  if (isGitHubActions(environment)) process.stderr.write(writeAnnotations(path, problems.slice(0, MOST_ANNOTATIONS)))
}

/** Adds Markdown to the summary of the workflow run. */
export function addToSummary(environment: NodeJS.ProcessEnv, markdown: string): void {
  append(environment, 'GITHUB_STEP_SUMMARY', `${markdown}\n`)
}

/** Sets an output of the step, for the steps behind it. */
export function setStepOutput(environment: NodeJS.ProcessEnv, name: string, value: string): void {
  append(environment, 'GITHUB_OUTPUT', `${name}=${value}\n`)
}

function append(environment: NodeJS.ProcessEnv, variable: string, text: string): void {
  const path = environment[variable]
  if (!isGitHubActions(environment) || path === undefined || path === '') return
  try {
    appendFileSync(path, text)
  } catch (error) {
    // What was changed is told all the same, and that is more.
    process.stderr.write(`clipflight: warning: ${variable} cannot be written (${codeOf(error)})\n`)
  }
}
