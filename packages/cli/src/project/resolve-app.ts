import { dirname } from 'node:path'
import type { WantedInvocation } from '@clipflight/plan'
import { resolveInvocations, variablesOf, type FileApp } from '@clipflight/plan/file'
import { findRevision } from './find-revision.ts'
import { refusing } from './open-file.ts'

interface BuildValues {
  readonly number?: string
  readonly version?: string
}

const ADVICE = [
  'BUILD and VERSION are those of the build: name it with --build.',
  "GIT_SHA and BRANCH come from CI's variables or from git, env.NAME from the environment.",
]

/** What the app's invocations come to for a build. CI and git are asked only for what is used. */
export function resolveApp(app: FileApp, { number, version }: BuildValues, path: string): readonly WantedInvocation[] {
  const used = variablesOf(app)
  const revision = used.has('GIT_SHA') || used.has('BRANCH') ? findRevision(process.env, dirname(path)) : {}
  const values = { BUILD: number, VERSION: version, ...revision, env: process.env }
  return refusing(() => resolveInvocations(app, values, path), ...(used.size > 0 ? ADVICE : []))
}
