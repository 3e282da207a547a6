import type { Command } from 'commander'

/** A noun, or a verb that stands alone. What it needs is loaded when it is called for. */
export interface Verb {
  readonly name: string
  readonly summary: string
  /** Declares it, its verbs, options and examples. */
  readonly add: (program: Command) => Promise<void>
}

/** Everything the command can do, a line each, in the order of the help. */
export const VERBS: readonly Verb[] = [
  verb('serve', 'run the service', async () => (await import('./commands/serve.ts')).addServe),
  verb(
    'exec',
    'run a command against a service here instead of Apple',
    async () => (await import('./commands/exec.ts')).addExec,
  ),
  verb(
    'proxy',
    'the same for every command of a shell, until it is stopped',
    async () => (await import('./commands/proxy.ts')).addProxy,
  ),
  verb(
    'sandbox',
    'control a service: teams, builds, faults, clock, log',
    async () => (await import('./commands/sandbox.ts')).addSandbox,
  ),
  verb(
    'console',
    'open the pages of a service, signed in',
    async () => (await import('./commands/console.ts')).addConsole,
  ),
  verb(
    'auth',
    'say which key to use, and see what it may do',
    async () => (await import('./commands/auth.ts')).addAuth,
  ),
  verb('apps', 'see apps', async () => (await import('./commands/apps.ts')).addApps),
  verb('builds', 'see builds, and wait for one', async () => (await import('./commands/builds.ts')).addBuilds),
  verb('bundles', 'see what a build holds', async () => (await import('./commands/bundles.ts')).addBundles),
  verb(
    'invocations',
    'see and change what testers can launch',
    async () => (await import('./commands/invocations.ts')).addInvocations,
  ),
  verb(
    'localizations',
    'change the titles of an invocation',
    async () => (await import('./commands/localizations.ts')).addLocalizations,
  ),
  verb('init', 'write a file to begin with', async () => (await import('./commands/init.ts')).addInit),
  verb(
    'validate',
    'check the file, without a network',
    async () => (await import('./commands/validate.ts')).addValidate,
  ),
  verb('plan', 'show what apply would change', async () => (await import('./commands/plan.ts')).addPlan),
  verb(
    'apply',
    'make a build have the invocations of the file',
    async () => (await import('./commands/apply.ts')).addApply,
  ),
  verb('export', 'write the file of a build', async () => (await import('./commands/export.ts')).addExport),
  verb('copy', 'carry invocations over to another build', async () => (await import('./commands/copy.ts')).addCopy),
  verb('pull', 'write a seed file of an app', async () => (await import('./commands/pull.ts')).addPull),
  verb('diff', 'compare a build on two services', async () => (await import('./commands/diff.ts')).addDiff),
  verb(
    'verify-fidelity',
    'compare a service with what Clipflight does',
    async () => (await import('./commands/verify-fidelity.ts')).addVerifyFidelity,
  ),
  verb(
    'schema',
    'print the JSON Schema of the file, for editors',
    async () => (await import('./commands/schema.ts')).addSchema,
  ),
  verb(
    'completion',
    'make the shell complete commands',
    async () => (await import('./commands/completion.ts')).addCompletion,
  ),
]

function verb(name: string, summary: string, load: () => Promise<(program: Command) => void>): Verb {
  return { name, summary, add: async (program) => (await load())(program) }
}
