import { dirname } from 'node:path'
import type { WantedInvocation } from '@clipflight/plan'
import {
  environmentVariablesOf,
  resolveInvocations,
  variablesOf,
  type FileApp,
  type VariableName,
} from '@clipflight/plan/file'
import { findRevision } from './find-revision.ts'
import { refusing } from './open-file.ts'

interface BuildValues {
  readonly number?: string
  readonly version?: string
}

/** What the app's invocations come to for a build. CI and git are asked only for what is used. */
export function resolveApp(app: FileApp, { number, version }: BuildValues, path: string): readonly WantedInvocation[] {
  const used = variablesOf(app)
  const revision = used.has('GIT_SHA') || used.has('BRANCH') ? findRevision(process.env, dirname(path)) : {}
  const values = { BUILD: number, VERSION: version, ...revision, env: process.env }
  const isMissing = (...names: readonly VariableName[]): boolean =>
    names.some((name) => used.has(name) && values[name] === undefined)
  const advice = [
    ...(isMissing('BUILD', 'VERSION') ? ['BUILD and VERSION are those of the build: name it with --build.'] : []),
    ...(isMissing('GIT_SHA', 'BRANCH') ? ["GIT_SHA and BRANCH come from CI's variables or from git."] : []),
    ...([...environmentVariablesOf(app)].some((name) => process.env[name] === undefined)
      ? ['env.NAME comes from the environment.']
      : []),
  ]
  return refusing(() => resolveInvocations(app, values, path), ...advice)
}
