import { spawnSync } from 'node:child_process'

interface Revision {
  readonly GIT_SHA?: string | undefined
  readonly BRANCH?: string | undefined
}

interface Source {
  /** Variables that name the commit, the first that is set counts. */
  readonly commit: readonly string[]
  /** Of a pull request its own branch comes first, since what is built is often a merge that has none. */
  readonly branch: readonly string[]
}

/** Where CI systems say what they build, each as its manual has it. Checkouts there are often of a commit without a branch. */
const SOURCES: Readonly<Record<string, Source>> = {
  'GitHub Actions': { commit: ['GITHUB_SHA'], branch: ['GITHUB_HEAD_REF', 'GITHUB_REF_NAME'] },
  'GitLab CI': { commit: ['CI_COMMIT_SHA'], branch: ['CI_MERGE_REQUEST_SOURCE_BRANCH_NAME', 'CI_COMMIT_BRANCH'] },
  'Xcode Cloud': { commit: ['CI_COMMIT'], branch: ['CI_PULL_REQUEST_SOURCE_BRANCH', 'CI_BRANCH'] },
  Bitrise: { commit: ['BITRISE_GIT_COMMIT', 'GIT_CLONE_COMMIT_HASH'], branch: ['BITRISE_GIT_BRANCH'] },
  Buildkite: { commit: ['BUILDKITE_COMMIT'], branch: ['BUILDKITE_BRANCH'] },
  CircleCI: { commit: ['CIRCLE_SHA1'], branch: ['CIRCLE_BRANCH'] },
  Codemagic: { commit: ['CM_COMMIT'], branch: ['CM_BRANCH'] },
}

/** Buildkite says HEAD where it was not told which commit; git then knows. */
const COMMIT = /^[\da-f]{7,64}$/i

/** The commit and the branch that are built: as CI says it, otherwise as git does in the folder. */
export function findRevision(environment: NodeJS.ProcessEnv, folder: string): Revision {
  const first = (names: readonly string[], isGood: (value: string, name: string) => boolean): string | undefined => {
    const found = names.find((name) => environment[name] && isGood(environment[name], name))
    return found === undefined ? undefined : environment[found]
  }
  const sources = Object.values(SOURCES)
  return {
    GIT_SHA:
      first(
        sources.flatMap(({ commit }) => commit),
        (value) => COMMIT.test(value),
      ) ?? askGit(folder, 'HEAD'),
    BRANCH:
      first(
        sources.flatMap(({ branch }) => branch),
        // GitHub names a tag by the same variable.
        (_, name) => name !== 'GITHUB_REF_NAME' || environment['GITHUB_REF_TYPE'] === 'branch',
      ) ?? askGit(folder, '--abbrev-ref', 'HEAD'),
  }
}

/** Undefined without git, outside a repository, and for the branch where none is checked out. */
function askGit(folder: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', ['-C', folder, 'rev-parse', ...args], { encoding: 'utf8' })
  const answer = status === 0 ? stdout.trim() : ''
  return answer === '' || answer === 'HEAD' ? undefined : answer
}
