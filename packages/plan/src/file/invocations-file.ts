import { sortProblems, writeProblems, type FileProblem, type Place } from '@clipflight/yaml-text'
import type { Template } from './template.ts'

/** A `clipflight.yaml`, found sound but for what only the values of its variables can show. */
export interface InvocationsFile {
  readonly path: string
  readonly apps: readonly FileApp[]
}

export interface FileApp {
  /** The app's bundle id. */
  readonly app: string
  readonly invocations: readonly FileInvocation[]
  readonly at: Place
}

export interface FileInvocation {
  readonly url: Template
  readonly titles: readonly FileTitle[]
}

export interface FileTitle {
  readonly locale: string
  readonly title: Template
}

/** A file of invocations cannot be used. The message names every problem with its line and column. */
export class InvocationsFileRefused extends Error {
  override readonly name = 'InvocationsFileRefused'
  readonly path: string
  /** In the order of the file, each once. */
  readonly problems: readonly FileProblem[]

  constructor(path: string, problems: readonly FileProblem[]) {
    super(writeProblems(path, problems))
    this.path = path
    this.problems = sortProblems(problems)
  }
}
