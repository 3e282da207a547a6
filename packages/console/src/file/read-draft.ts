import type { WantedInvocation } from '@clipflight/plan'
import {
  environmentVariablesOf,
  InvocationsFileRefused,
  readInvocationsFile,
  resolveInvocations,
  variablesOf,
  type FileApp,
} from '@clipflight/plan/file'
import type { FileProblem } from '@clipflight/yaml-text'

export const FILE_NAME = 'clipflight.yaml'

/** The build that the file is used for, as its variables know it. */
export interface BuildOfDraft {
  readonly app: string
  readonly number: string
  readonly version: string
}

/** What a file says about the app of a build. */
export interface Draft {
  /** In the order of the file. */
  readonly problems: readonly FileProblem[]
  /** The apps of the file, where the build's is not one of them. */
  readonly foreign?: readonly string[]
  /** Names of the variables that nothing here gives a value: `GIT_SHA`, `env.SHOP`. */
  readonly asked: readonly string[]
  /** Missing where something is wrong, or a value is. */
  readonly wanted?: readonly WantedInvocation[]
}

/** Reads a file as the command does. `given` holds values of variables by their names. */
export function readDraft(text: string, build: BuildOfDraft, given: ReadonlyMap<string, string>): Draft {
  return gathering(() => {
    const { apps } = readInvocationsFile(text, FILE_NAME)
    const found = apps.find(({ app }) => app === build.app)
    if (found === undefined) return { problems: [], asked: [], foreign: apps.map(({ app }) => app) }
    const asked = askedBy(found)
    if (asked.some((name) => !given.has(name))) return { problems: [], asked }
    return { ...gathering(() => ({ problems: [], asked, wanted: resolve(found, build, given) })), asked }
  })
}

function gathering(read: () => Draft): Draft {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof InvocationsFileRefused)) throw error
    return { problems: error.problems, asked: [] }
  }
}

const ENVIRONMENT = 'env.'

function askedBy(app: FileApp): readonly string[] {
  const ours = [...variablesOf(app)].filter((name) => name !== 'BUILD' && name !== 'VERSION')
  return [...ours, ...[...environmentVariablesOf(app)].map((name) => `${ENVIRONMENT}${name}`)]
}

function resolve(
  app: FileApp,
  { number, version }: BuildOfDraft,
  given: ReadonlyMap<string, string>,
): readonly WantedInvocation[] {
  const ofEnvironment = [...given].flatMap(([name, value]) =>
    name.startsWith(ENVIRONMENT) ? [[name.slice(ENVIRONMENT.length), value] as const] : [],
  )
  const values = {
    BUILD: number,
    VERSION: version,
    GIT_SHA: given.get('GIT_SHA'),
    BRANCH: given.get('BRANCH'),
    env: Object.fromEntries(ofEnvironment),
  }
  return resolveInvocations(app, values, FILE_NAME)
}
